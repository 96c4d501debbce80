// What came before and after a cue, from who spoke when. No words, and no score.
import type { Party } from "../../shared/kinds";
import { clock } from "../../shared/words";
import type { Cue, Segment } from "../contract";
import type { CallModel } from "./call-model";

const kBeforeS = 15;
const kAfterS = 15;
const kSilenceS = 1;  // Shorter ones are how talk goes.
const kLongestToRecoverS = 120;

export interface Around { before: string[]; after: string[] }

const kName: Record<Party, string> = { agent: "The agent", customer: "The customer" };
const other = (party: Party): Party => (party === "agent" ? "customer" : "agent");
const seconds = (time_s: number): string => `${time_s.toFixed(1)}\u00a0s`;
const wholeSeconds = (time_s: number): string => `${Math.round(time_s)}\u00a0s`;

export function around(model: CallModel, cue: Cue): Around {
  const from_s = Math.max(0, cue.start_s - kBeforeS);
  const to_s = Math.min(model.duration_s, cue.end_s + kAfterS);
  return {
    before: [
      ...whoTalked(model, from_s, cue.start_s),
      ...lastWord(model, cue),
      ...silence(model, from_s, cue.start_s),
    ],
    after: [
      ...givenBack(cue),
      ...whoTalked(model, cue.end_s, to_s),
      ...silence(model, cue.end_s, to_s),
      ...recovery(model, cue),
    ],
  };
}

function inside(segments: readonly Segment[], from_s: number, to_s: number): number {
  return segments.reduce((sum, s) => sum + Math.max(0, Math.min(s.end_s, to_s) - Math.max(s.start_s, from_s)), 0);
}

function whoTalked(model: CallModel, from_s: number, to_s: number): string[] {
  const length_s = to_s - from_s;
  if (length_s < 1) return [];
  const parts = model.parties.map((party) => `${party} ${seconds(inside(model.segments[party], from_s, to_s))}`);
  return [`Talked in these ${wholeSeconds(length_s)}: ${parts.join(", ")}`];
}

function lastWord(model: CallModel, cue: Cue): string[] {
  const last = model.parties.flatMap((party) => {
    const segment = model.segments[party].findLast((s) => s.start_s < cue.start_s - 0.05);
    return segment ? [{ party, end_s: Math.min(segment.end_s, cue.start_s) }] : [];
  }).sort((a, b) => b.end_s - a.end_s)[0];
  if (!last) return [];
  const ago_s = cue.start_s - last.end_s;
  return ago_s < 0.1 ? [`${kName[last.party]} was speaking as it began`]
    : [`${kName[last.party]} spoke last, ${seconds(ago_s)} before`];
}

// The longest stretch in which nobody spoke.
function silence(model: CallModel, from_s: number, to_s: number): string[] {
  const spoken = model.parties.flatMap((party) => model.segments[party])
    .filter((s) => s.end_s > from_s && s.start_s < to_s).sort((a, b) => a.start_s - b.start_s);
  let longest = { start_s: from_s, length_s: 0 };
  let quiet_since_s = from_s;
  for (const s of [...spoken, { start_s: to_s, end_s: to_s }]) {
    if (s.start_s - quiet_since_s > longest.length_s) longest = { start_s: quiet_since_s, length_s: s.start_s - quiet_since_s };
    quiet_since_s = Math.max(quiet_since_s, s.end_s);
  }
  return longest.length_s < kSilenceS ? []
    : [`Longest silence ${seconds(longest.length_s)}, from ${clock(longest.start_s)}`];
}

function givenBack({ kind, party, evidence }: Cue): string[] {
  if (kind !== "interruption" || evidence.given_back === undefined) return [];
  const holder = other(party);
  const after_s = evidence.given_back_after_s;
  if (after_s !== undefined) return [`${kName[holder]} had the floor again after ${seconds(after_s)}`];
  return [`${kName[holder]} did not speak alone within 10\u00a0s`];
}

function recovery(model: CallModel, cue: Cue): string[] {
  if (cue.party !== "customer" || (cue.kind !== "distress" && cue.kind !== "raised_voice")) return [];
  const later = model.cues.filter((c) => c.party === "customer" && c.start_s > cue.start_s);
  const calm = later.find((c) => c.kind === "recovered");
  if (!calm) return [`Not back near this caller's usual ${model.isRunning ? "so far" : "by the end of the call"}`];
  const calm_s = calm.start_s - cue.start_s;
  const when = calm_s > kLongestToRecoverS ? `after ${Math.round(calm_s / 60)}\u00a0min` : `after ${Math.round(calm_s)}\u00a0s`;
  return [`Back near this caller's usual ${when}, at ${clock(calm.start_s)}`];
}
