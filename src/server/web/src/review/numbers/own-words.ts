import type { Figures } from "./contract";
import { type Measure, valueOf } from "./measures";

// What is said to an agent about their own week: one thing that went well, one to try. Both are of what they
// do, never of how they feel, and only where the week differs clearly from their own usual.

interface Way { measure: Measure; good: "less" | "more"; well: string; tryThis: string }

export const kOwn: readonly Way[] = [
  {
    measure: { name: "interruptions_per_h", title: "You and the customer at once", unit: "per_h", of: "times you came in on the customer, per hour of their speech" },
    good: "less", well: "You let people finish more than usual.",
    tryThis: "Let them finish, and take a breath before you answer.",
  },
  {
    measure: { name: "silence_share", title: "Long silences", unit: "share", of: "of your calls' length, silences over 3 s" },
    good: "less", well: "There was less dead air than usual.", tryThis: "Say what you are doing while the customer waits.",
  },
  {
    measure: { name: "recovered_share", title: "Calmer again", unit: "share", of: "of calls with distress or a raised voice of the customer" },
    good: "more", well: "More of your upset callers were calmer again in the end.", tryThis: "",
  },
  {
    measure: { name: "time_to_calm_s", title: "Time until calmer", unit: "s", of: "seconds, the middle one of all such calls" },
    good: "less", well: "Upset callers were calmer sooner than usual.", tryThis: "",
  },
  {
    measure: { name: "overtalk_share", title: "Both speaking", unit: "share", of: "of your calls' length" },
    good: "less", well: "You and your callers spoke at once less than usual.", tryThis: "Leave a short pause after the customer's last word.",
  },
];

// How far a week must be from the usual to be spoken of: calls differ by themselves.
const kNoticeable = 0.2;
export const kLeastCalls = 10;  // A week of fewer moves by chance alone.

// @return The gain against the usual, as a share of it; null: nothing to tell.
function gainOf({ measure, good }: Way, latest: Figures, usual: Figures): number | null {
  const [now, before] = [latest[measure.name] as number | null, usual[measure.name] as number | null];
  if (now === null || before === null || before <= 0 || latest.calls < kLeastCalls) return null;
  return good === "less" ? (before - now) / before : (now - before) / before;
}

const against = ({ measure }: Way, latest: Figures, usual: Figures): string =>
  `${measure.title}: ${valueOf(latest[measure.name] as number, measure.unit)}, usually ${valueOf(usual[measure.name] as number, measure.unit)}.`;

export interface OwnWords { well: string; wellFigures: string; tryThis: string; tryFigures: string; hard: string }

export function ownWords(latest: Figures, usual: Figures): OwnWords {
  const told = kOwn.map((way) => ({ way, gain: gainOf(way, latest, usual) }))
    .filter((one): one is { way: Way; gain: number } => one.gain !== null && Math.abs(one.gain) >= kNoticeable)
    .sort((one, other) => other.gain - one.gain);
  const best = told[0] && told[0].gain > 0 ? told[0].way : null;
  const rest = told.filter(({ way, gain }) => gain < 0 && way.tryThis !== "");
  const worst = rest.at(-1)?.way ?? null;
  return {
    well: best ? best.well : "Nothing stands out against your weeks before.",
    wellFigures: best ? against(best, latest, usual) : "",
    tryThis: worst ? worst.tryThis : "Go on as you do.",
    tryFigures: worst ? against(worst, latest, usual) : "",
    hard: isHard(latest, usual) ? `You spent ${valueOf(latest.distress_min, "min")} with distressed callers, more than usual. That is tiring: ` +
      "take a minute after a hard call if you can." : "",
  };
}

const isHard = (latest: Figures, usual: Figures): boolean =>
  (latest.distress_min ?? 0) >= 5 && (latest.distress_min_per_h ?? 0) > 1.3 * (usual.distress_min_per_h ?? Infinity);
