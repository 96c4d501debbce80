// What the review server says of many calls: docs/figures.md. Days are those of the server's zone,
// "2026-11-22"; `to` is the first day that is no longer in it. Shares lie in [0, 1].
import type { CueKind, Party } from "../../shared/kinds";

export interface Least { calls: number; agents: number }
export type AnswerKind = "helpful" | "not_now" | "wrong" | "none";

export interface Figures {
  calls: number;
  agents?: number;  // Not in one's own.
  hours: number;
  customer_speech_h: number;
  interruptions_per_h: number | null;
  interruptions_by_customer_per_h: number | null;
  distress_min: number | null;
  distress_min_per_h: number | null;
  distress_share: number | null;
  recovered_share: number | null;
  time_to_calm_s: number | null;
  silence_share: number | null;
  overtalk_share: number | null;
  agent_talk_share: number | null;
  alerts_per_h: number | null;
  answers: Record<AnswerKind, number>;
}

export type TooFew = { too_few: true };
export type Told<What> = ({ too_few: false } & What) | TooFew;
export interface Span { from: string; to: string }
export type Step = Span & Told<Figures>;
export type StepLength = "day" | "week" | "month";
export type GroupBy = "team" | "queue" | "none";

export interface Group { name: string; all: Told<Figures>; steps: Step[] }
export interface OverTime extends Span { zone: string; step: StepLength; by: GroupBy; least: Least; groups: Group[] }

// --- Before and after a day

export type Unit = "per_h" | "min_per_h" | "min" | "share" | "s";
export interface Interval { low: number | null; high: number | null }

export interface ChangedMeasure extends Interval {
  name: string;
  unit: Unit;
  before: number | null;
  after: number | null;
  difference: number | null;
  agents: number;
  shown: boolean;  // The interval leaves out 0.
  sentence: string;
  others: { before: number | null; after: number | null; difference: number | null } | null;
  beyond_others: (Interval & { difference: number; shown: boolean; sentence: string }) | null;
}

export interface Amount { calls: number; agents: number }
export interface Change {
  on: string;
  days: number;
  zone: string;
  least: Least;
  too_few: boolean;
  before: Span & Partial<Amount>;  // With too few the dates alone.
  after: Span & Partial<Amount>;
  others: { before: Amount; after: Amount } | null;
  measures: ChangedMeasure[];
  note: string;
}

// --- Exposure

export interface ExposedDay { calls: number; distress_calls: number; distress_min: number }
export interface Exposure extends Span {
  zone: string;
  least: Least;
  days: ({ day: string; team: string } & Told<ExposedDay>)[];
  hours: ({ hour: number } & Told<ExposedDay & { distress_min_per_h: number | null }>)[];
  shifts: ({ team: string | null } & Told<{ agents: number; shifts: number; median_min: number; p90_min: number }>)[];
}

// --- One's own

export interface Mine extends Span {
  zone: string;
  least: { calls: number };
  weeks: Step[];
  latest: (Span & Figures) | null;
  usual: Figures | null;
}

// --- Scores

export interface ScoreKind { kind: string; calls: number }
export interface ScoredMeasure extends Interval { name: string; calls: number; rho: number | null }
export interface Presence extends Interval {
  with: { calls: number; mean: number };
  without: { calls: number; mean: number };
  difference: number;
}
export interface Scores extends Span {
  kinds: ScoreKind[];
  kind: string | null;
  least?: Least;
  too_few?: boolean;
  calls?: number;  // This and what follows: with enough of them.
  agents?: number;
  mean?: number;
  measures?: ScoredMeasure[];
  presence?: ({ cue: CueKind; party: Party } & Told<Presence>)[];
}
export interface Imported {
  taken: number;  // new and replaced
  new: number;
  replaced: number;
  without_call: number;
  lines_without_call: number[];  // These two lists: the first ten.
  bad: number;
  problems: string[];
}

// --- Agreement and thresholds

export interface Precision extends Interval {
  kind: CueKind;
  cues: number;
  right: number;
  wrong: number;
  unsure: number;
  precision: number | null;
}
export interface Agreement extends Span, Interval {
  zone: string;
  least: { cues: number };
  too_few: boolean;
  cues: number;
  calls: number;
  reviewers: number;
  pairs: number;
  mean_of_pairs: boolean;
  agreed_share: number | null;
  kappa: number | null;
  sentence: string;
  precision: Precision[];
}

export interface ThresholdStep { threshold: number; cues_kept: number; right_kept: number; wrong_dropped: number }
// Of a kind whose threshold is no setting nothing is counted.
export interface NoThresholds { kind: CueKind; setting: null; advice: null; sentence: string }
export interface Thresholds {
  kind: CueKind;
  setting: string;
  least: { verdicts: number };
  too_few: boolean;
  cues: number;
  right: number;
  wrong: number;
  unsure: number;
  steps: ThresholdStep[];
  advice: {
    threshold: number;
    fewer_share: number;
    fewer_low: number;
    fewer_high: number;
    right_lost: number;
    right_lost_low: number;
    right_lost_high: number;
    wrong_dropped: number;
  } | null;
  sentence: string;
}
