import { dayText } from "../list/query";
import { place } from "../place";
import type { GroupBy, StepLength } from "./contract";
import { beginOf, isDay, moved } from "./days";

// What the address says of the figures that are wanted: short words for people and links.

export type ViewName = "time" | "change" | "exposure" | "scores" | "mine";
export type When = "4w" | "12w" | "26w" | "52w" | "range";
export const kWhenWord: Record<When, string> = {
  "4w": "Last 4 weeks", "12w": "Last 12 weeks", "26w": "Last 26 weeks", "52w": "Last 52 weeks", range: "Days from – to",
};
const kWeeks: Record<Exclude<When, "range">, number> = { "4w": 4, "12w": 12, "26w": 26, "52w": 52 };

export const kStepWord: Record<StepLength, string> = { day: "by day", week: "by week", month: "by month" };
export const kByWord: Record<GroupBy, string> = { team: "each team", queue: "each queue", none: "all together" };
export const kDaysChoices: readonly number[] = [14, 28, 56, 84];

const kMostSteps = 400;  // The server tells no more.

export interface Query {
  view: ViewName;
  when: When;
  from: string;  // Of a range; both days are in it.
  to: string;
  step: StepLength;
  by: GroupBy;
  team: string[];
  queue: string[];
  on: string;    // Before and after this day.
  days: number;
  kind: string;  // Of scores, of cues.
}

export const kUsual: Query = {
  view: "time", when: "12w", from: "", to: "", step: "week", by: "team", team: [], queue: [], on: "", days: 28, kind: "",
};

// Verdicts are few: where they are told of, a year of them.
const usualWhen = (): When => (place.path === "/agreement" ? "52w" : kUsual.when);

// What makes no sense in an address counts as not said.
export function queryOf(search: string): Query {
  const given = new URLSearchParams(search);
  const one = <Word extends string>(name: string, words: readonly Word[], usual: Word): Word =>
    words.find((word) => word === given.get(name)) ?? usual;
  const all = (name: string) => [...new Set(given.getAll(name).filter((value) => value !== "" && value.length <= 200))];
  const day = (name: string) => (isDay(given.get(name) ?? "") ? given.get(name)! : "");
  const when = one("when", Object.keys(kWhenWord) as When[], usualWhen());
  const ranged = when === "range" && day("from") !== "" && day("to") !== "" && day("from") <= day("to");
  return {
    view: one<ViewName>("view", ["time", "change", "exposure", "scores", "mine"], "time"),
    when: when === "range" && !ranged ? usualWhen() : when,
    from: ranged ? day("from") : "",
    to: ranged ? day("to") : "",
    step: one("step", Object.keys(kStepWord) as StepLength[], kUsual.step),
    by: one("by", Object.keys(kByWord) as GroupBy[], kUsual.by),
    team: all("team"),
    queue: all("queue"),
    on: day("on"),
    days: kDaysChoices.find((days) => String(days) === given.get("days")) ?? kUsual.days,
    kind: (given.get("kind") ?? "").slice(0, 40),
  };
}

export function searchOf(query: Query): string {
  const told = new URLSearchParams();
  for (const name of ["view", "when", "from", "to", "step", "by", "on", "days", "kind"] as const) {
    if (query[name] !== (name === "when" ? usualWhen() : kUsual[name])) told.set(name, String(query[name]));
  }
  for (const name of ["team", "queue"] as const) for (const value of query[name]) told.append(name, value);
  const text = told.toString();
  return text ? `?${text}` : "";
}

export function change(to: Partial<Query>): void {
  place.go(place.path + searchOf({ ...queryOf(place.search), ...to }));
}

// The days that are asked for. Weeks and months begin where they do, so that the first one is whole.
export function spanOf(query: Query, today = dayText(new Date())): { from: string; to: string } {
  if (query.when === "range") return { from: query.from, to: moved(query.to, 1) };
  const from = beginOf(moved(beginOf(today, "week"), -7 * (kWeeks[query.when] - 1)), query.step);
  return { from, to: moved(today, 1) };
}

// For GET /api/numbers: a long time has no days, which would be too many to tell.
export function overTimeAsked(query: Query): URLSearchParams {
  const { from, to } = spanOf(query);
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  const step = days > kMostSteps && query.step === "day" ? "week" : query.step;
  const asked = new URLSearchParams({ from, to, step, by: query.by });
  addWhose(asked, query);
  return asked;
}

export function addWhose(asked: URLSearchParams, query: Query): void {
  for (const name of ["team", "queue"] as const) for (const value of query[name]) asked.append(name, value);
}
