// What the program and the page say to each other: docs/desk_page.md. Times are call times in
// seconds.

import type { CueKind, OverlapKind, Party } from "../shared/kinds";

export type Answer = "helpful" | "not_now" | "wrong";
export type SnoozeMinutes = 2 | 10 | 60;

export interface Voice {
  speaking: boolean;
  speaking_since_s: number | null;
  level_dbfs: number;
  usual_known: boolean;
  level_db: number | null;
  f0_st: number | null;
  rate_ratio: number | null;
  rate_syl_per_s: number | null;
  talk_s: number;
  talk_share: number;
}

export interface State {
  time_s: number;
  snoozed_until_s: number | null;
  both_silent_s: number;
  quiet_start: boolean;
  agent: Voice;
  customer: Voice;
}

export interface Segment {
  party: Party;
  start_s: number;
  end_s: number;
}

export interface Overlap {
  starter: Party;
  kind: OverlapKind;
  start_s: number;
  end_s: number;
}

export interface Card {
  id: number;
  at_s: number;
  cue: CueKind;
  party: Party;
  title: string;
  text: string;
  reason: string;
  critical: boolean;
  escalation: boolean;
  cleared_at_s: number | null;
  answer: Answer | null;
}

export interface Notice {
  kind: "lost" | "returned" | "gap" | "overrun" | "wrong_rate";
  party: Party | "both" | "none";  // None's: it plays the tones.
  at_s: number;
  text: string;
}

export interface Summary {
  duration_s: number;
  moved: { name: string; from: string; to: string }[];  // 3 at most.
  note: string;  // The three texts may be empty.
  well: string;
  try: string;
  counts: { alerts: number; helpful: number; wrong: number };
}

export interface Hello {
  version: string;
  parties: Record<Party, boolean>;
  sound: boolean;
  replay: boolean;
  waiting: boolean;
  time_s: number;
  strip: { segments: Segment[]; overlaps: Overlap[] };
  cards: Card[];
  notices: Notice[];
  state: State;
  summary: Summary | null;
}

export interface Events {
  hello: Hello;
  state: State;
  segment: Segment;
  overlap: Overlap;
  card: Card;
  clear: { id: number; at_s: number };
  answer: { alert: number; answer: Answer; at_s: number };
  notice: Notice;
  summary: Summary;
}
