import { signed } from "../../shared/words";
import type { Figures, Unit } from "./contract";

export interface Measure {
  name: keyof Figures;
  title: string;
  unit: Unit;
  of: string;  // What it is counted in, or a share of.
}

export interface Theme { title: string; measures: readonly Measure[] }

// In the order of the talk: who lets whom finish, how callers fare, how it flows.
export const kThemes: readonly Theme[] = [
  {
    title: "Letting people finish",
    measures: [
      { name: "interruptions_per_h", title: "Interruptions by agents", unit: "per_h", of: "per hour of customers' speech" },
      { name: "interruptions_by_customer_per_h", title: "Interruptions by customers", unit: "per_h", of: "per hour of agents' speech" },
      { name: "overtalk_share", title: "Both speaking at once", unit: "share", of: "of the calls' length" },
      { name: "agent_talk_share", title: "Agents' speech", unit: "share", of: "of the calls' length" },
    ],
  },
  {
    title: "How callers fare",
    measures: [
      { name: "distress_min", title: "Minutes with signs of distress", unit: "min", of: "minutes, all calls together" },
      { name: "distress_min_per_h", title: "Signs of distress", unit: "min_per_h", of: "minutes per hour of calls" },
      { name: "distress_share", title: "Calls with signs of distress", unit: "share", of: "of all calls" },
      { name: "recovered_share", title: "Calmer again", unit: "share", of: "of calls with distress or a raised voice of the customer" },
      { name: "time_to_calm_s", title: "Time until calmer", unit: "s", of: "seconds, the middle one of all such calls" },
    ],
  },
  {
    title: "Silence and alerts",
    measures: [
      { name: "silence_share", title: "Long silences", unit: "share", of: "of the calls' length, silences over 3 s" },
      { name: "alerts_per_h", title: "Alerts to agents", unit: "per_h", of: "per hour of live calls" },
    ],
  },
];

const kTitles = new Map<string, string>([
  ...kThemes.flatMap(({ measures }) => measures.map(({ name, title }) => [name, title] as const)),
  ["helpful_share", "Alerts that agents called helpful"],
]);

export const titleOf = (name: string): string => kTitles.get(name) ?? name.replaceAll("_", " ");

const kNone = "–";

// "12.1", "37 %", "42 s": as in a table under the measure's name.
export function valueOf(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return kNone;
  switch (unit) {
    case "share": return `${(100 * value).toFixed(value < 0.095 ? 1 : 0)}\u00a0%`;
    case "s": return `${value.toFixed(0)}\u00a0s`;
    case "min": return `${value.toFixed(value < 100 ? 1 : 0)}\u00a0min`;
    case "min_per_h": return `${value.toFixed(1)}\u00a0min`;
    case "per_h": return value.toFixed(1);
  }
}

// On an axis: "20", "2.5 min", without a ".0".
export const tickOf = (value: number, unit: Unit): string => valueOf(value, unit).replace(/\.0(?!\d)/, "");

// A difference: with its sign; of shares in points of a percent.
export function differenceOf(value: number | null, unit: Unit): string {
  if (value === null) return kNone;
  switch (unit) {
    case "share": return `${signed(100 * value, 1)}\u00a0points`;
    case "s": return `${signed(value, 1)}\u00a0s`;
    case "min": case "min_per_h": return `${signed(value, 1)}\u00a0min`;
    case "per_h": return signed(value, 1);
  }
}

// "−5.2 to −1.0"
export function intervalOf(low: number | null, high: number | null, unit: Unit): string {
  if (low === null || high === null) return "not known";
  return `${differenceOf(low, unit).replace(/\u00a0.*/, "")} to ${differenceOf(high, unit)}`;
}
