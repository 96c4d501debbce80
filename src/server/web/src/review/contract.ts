// What the review server says: docs/review_api.md. Times of day are ISO 8601 in UTC, times inside a
// call are seconds from its beginning.
import type { CueKind, OverlapKind, Party } from "../shared/kinds";

export type Role = "agent" | "supervisor" | "admin";

export interface Person {
  id: number;
  login: string;
  name: string;
  role: Role;
  agent: string;  // Their name in calls; empty: takes none.
  teams: string[];
  active: boolean;
}

export interface SignedIn {
  signed_in: true;
  version: string;
  csrf: string;
  person: Person;
  must_change_password: boolean;
  keeps_audio: boolean;
  require_notice: boolean;
}
export type Me = SignedIn | { signed_in: false; version: string };

export type CueCounts = Partial<Record<CueKind, number>>;
export type CueConfidences = Partial<Record<CueKind, number>>;  // Of the surest of each kind that has a count.

export interface CallEntry {
  id: number;
  started_at: string;
  duration_s: number;
  agent: string;
  team: string;
  queue: string;
  caller_ref: string;
  consent_ref: string;
  origin: string;
  source: string;
  state: "open" | "done" | "cut_short";
  cues: { agent: CueCounts; customer: CueCounts };
  confidence: { agent: CueConfidences; customer: CueConfidences };
  distressed_s: number;
  peak_distress: number | null;
  recovered: boolean | null;  // null: there was nothing to recover from.
  need: number;
  need_because: string[];
  reviewed: boolean;
  notes: number;
  audio: boolean;
  conduct_from: string | null;  // Until then the agent alone sees what is told of them.
}

export interface CallPage { calls: CallEntry[]; next: string | null; total: number }
export interface Facets { teams: string[]; queues: string[]; agents: string[] }
export interface View { id: number; name: string; query: string }

// --- One call

export type Verdict = "right" | "wrong" | "unsure";
export interface GivenVerdict { person: string; verdict: Verdict; at: string; mine: boolean }

export interface Cue {
  id: number;
  kind: CueKind;
  party: Party;
  start_s: number;
  end_s: number;
  raised_at_s: number;
  confidence: number;
  evidence: Record<string, number>;
  title: string;
  reason: string;
  verdicts: GivenVerdict[];
}

export interface Note {
  id: number;
  at_s: number | null;  // null: of the whole call.
  text: string;
  person: string;
  written_at: string;
  mine: boolean;
}

export interface Distress {
  state: string;
  score: number | null;
  distressed_s: number;
  judged_s: number;
  unknown_s: number;
  unknown: Record<string, number>;
  model: { name: string; sha256_begins: string };
  site_calibrated: boolean;
}

export interface PartyFigures {
  talk_s: number;
  talk_share: number;
  syllables: number;
  speech_rate_syl_per_s: number | null;
  articulation_rate_syl_per_s: number | null;
  f0_median_hz: number | null;
  f0_range_st: number | null;
  level_dbfs: number | null;
  interruptions: number;
  interruptions_per_hour: number | null;
  given_back: number;
  given_back_median_s: number | null;
  backchannels: number;
  longest_turn_s: number;
  response_gap_p10_ms: number | null;
  response_gap_median_ms: number | null;
  response_gap_p90_ms: number | null;
  bleed: string;
  baseline_ready: boolean;
  usual_ready_at_s?: number | null;
  distress?: Distress;
}

export interface Segment { party: Party; start_s: number; end_s: number }
export interface Overlap { starter: Party; kind: OverlapKind; start_s: number; end_s: number }

export interface ToldAlert {
  at_s: number;
  cue: CueKind;
  party: Party;
  raised_at_s: number;
  confidence: number;
  escalation: boolean;
  text: string;
  delivered: boolean;
  id?: number;
  reason?: string;  // Why it was held back.
  answer?: { said: string; at_s: number; snooze_min: number } | null;
}

// tonecue.call/1 without its cues. Figures of a party that was not listened to are not there.
export interface Report {
  schema: string;
  file: string;
  duration_s: number;
  sample_rate_hz: number;
  line_delay_ms: number;
  parties: Partial<Record<Party, PartyFigures | null>>;
  talk?: Record<string, number> | null;
  segments: Segment[];
  overlaps: Overlap[];
  alerts: ToldAlert[];
}

export interface Threshold { name: string; value: number; unit: string; text: string }
export interface ErrorRate { text: string; precision: number | null; measured_on: string }

export interface CallAnswer {
  call: CallEntry;
  report: Report;
  cues: Cue[];
  notes: Note[];
  made_by: { program: string; model: string; model_sha256: string; site_calibrated: boolean; settings_sha256: string };
  thresholds: Partial<Record<CueKind, Threshold[]>>;
  error_rates: Partial<Record<CueKind, ErrorRate>>;
  recording: { url: string; sha256: string } | null;
}

export interface VoiceTrack {
  peak: number[];  // [0, 1]
  level_dbfs: number[];
  f0_hz: (number | null)[];
  speaking: (0 | 1)[];
  distress?: (number | null)[];  // The customer's.
  usual: { f0_hz: number; level_dbfs: number; rate_syl_per_s: number; ready_s: number } | null;
}
export interface Track { step_s: number; agent: VoiceTrack | null; customer: VoiceTrack | null }

// --- Uploads

export interface Job {
  id: number;
  name: string;
  state: "waiting" | "analysing" | "done" | "failed" | "known";
  progress: number;
  call: number | null;
  error: string;
}

// --- Administration

export type TokenRight = "upload" | "read";
export interface Token { id: number; name: string; right: TokenRight; teams: string[]; created_at: string; expires_at: string; last_used_at: string | null }
export interface AuditEntry {
  number: number;
  at: string;
  who: string;
  address: string;
  action: string;
  target: string;
  detail: string;
  sha256: string;
}
export interface AuditCheck { entries: number; head: string; first_broken: number | null }

export interface Kept { kind: "audio" | "calls" | "audit"; days: number | null; count: number; oldest: string | null }
export interface Privacy {
  keeps_audio: boolean;
  require_notice: boolean;
  agent_first_h: number;
  retention: Kept[];
  last_run: string | null;
}
