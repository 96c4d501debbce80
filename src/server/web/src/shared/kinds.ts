// What the program finds in a call, in its own words (include/tonecue).

export type Party = "agent" | "customer";
export const kParties: readonly Party[] = ["agent", "customer"];

export type CueKind =
  | "interruption"
  | "raised_voice"
  | "fast_speech"
  | "slow_speech"
  | "long_silence"
  | "monologue"
  | "distress"
  | "recovered";

export type OverlapKind =
  | "backchannel"
  | "terminal_overlap"
  | "interruption"
  | "attempt"
  | "simultaneous_start";
