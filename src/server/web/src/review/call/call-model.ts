import { kParties, type Party } from "../../shared/kinds";
import type { CallAnswer, Cue, Note, Overlap, Segment, ToldAlert, Track, VoiceTrack } from "../contract";
import { Columns, largest, louderHalf, middleHalf } from "./columns";

// What a voice is measured against in the drawing.
export interface Reference {
  f0_hz: number | null;
  level_dbfs: number | null;
  isUsual: boolean;  // Else the voice was never known well enough, and it is the mean of this call.
  from_s: number;    // Since when it was known.
}

export interface Voice {
  reference: Reference;
  points: number;
  speaking: Uint8Array;
  f0_st: Float32Array;     // Against the reference; NaN where there is none.
  level_db: Float32Array;  // The same, in speech alone.
  distress: Float32Array;  // NaN: don't know.
  loudest: number;
  peakColumns: Columns;
  f0Columns: Columns;
  levelColumns: Columns;
  distressColumns: Columns;
}

const kQuietestLoudest = 0.05;  // A line without a voice is not blown up to fill the lane.

// One call, made ready to be drawn and asked.
export class CallModel {
  readonly duration_s: number;
  readonly parties: readonly Party[];
  readonly segments: Record<Party, Segment[]>;
  readonly overlaps: Overlap[];
  readonly cues: Cue[];  // By their start.
  step_s = 0.1;
  voices: Partial<Record<Party, Voice>> = {};

  constructor(readonly answer: CallAnswer) {
    const { report, call } = answer;
    this.duration_s = Math.max(report.duration_s || call.duration_s, 0.1);
    this.parties = kParties.filter((party) => isThere(answer, party));
    const of = (party: Party) => report.segments.filter((segment) => segment.party === party);
    this.segments = { agent: of("agent"), customer: of("customer") };
    this.overlaps = report.overlaps;
    this.cues = [...answer.cues].sort((a, b) => a.start_s - b.start_s || a.id - b.id);
  }

  addTrack(track: Track): void {
    this.step_s = track.step_s;
    for (const party of this.parties) {
      const voice = track[party];
      if (voice) this.voices[party] = makeVoice(voice, referenceOf(this.answer, party, voice));
    }
  }

  get isRunning(): boolean { return this.answer.call.state === "open"; }

  cue(id: number | null): Cue | undefined { return this.cues.find((cue) => cue.id === id); }

  // The one before or after; the first one from `time_s` on where none is chosen.
  neighbour(id: number | null, time_s: number, step: 1 | -1): Cue | undefined {
    const at = this.cues.findIndex((cue) => cue.id === id);
    if (at >= 0) return this.cues[at + step];
    return step > 0 ? this.cues.find((cue) => cue.start_s >= time_s) : this.cues.findLast((cue) => cue.start_s < time_s);
  }

  // What the agent was told, or not, because of this cue: it has no number of its own there.
  alertsOf(cue: Cue): ToldAlert[] {
    const near = (a: number, b: number) => Math.abs(a - b) < 0.0015;
    return this.answer.report.alerts.filter((alert) =>
      alert.cue === cue.kind && alert.party === cue.party && near(alert.raised_at_s, cue.raised_at_s));
  }

  speaks(party: Party, time_s: number): boolean {
    return this.segments[party].some((segment) => segment.start_s <= time_s && time_s < segment.end_s);
  }

  get notes(): Note[] { return this.answer.notes; }

  replaceCue(cue: Cue): void {
    const at = this.cues.findIndex((other) => other.id === cue.id);
    if (at >= 0) this.cues[at] = cue;
  }
}

// Where the agent's side is withheld its figures are, but its speech may still be told.
function isThere({ report, cues }: CallAnswer, party: Party): boolean {
  return Boolean(report.parties[party]) || report.segments.some((segment) => segment.party === party) ||
    cues.some((cue) => cue.party === party);
}

function referenceOf({ report }: CallAnswer, party: Party, { usual }: VoiceTrack): Reference {
  if (usual) return { f0_hz: usual.f0_hz, level_dbfs: usual.level_dbfs, isUsual: true, from_s: usual.ready_s };
  const figures = report.parties[party];
  return {
    f0_hz: figures?.f0_median_hz ?? null, level_dbfs: figures?.level_dbfs ?? null, isUsual: false, from_s: 0,
  };
}

// A plain loop: Float32Array.from() with a function takes ten times as long.
function numbers(values: readonly (number | null)[], make: (value: number, i: number) => number): Float32Array {
  const made = new Float32Array(values.length).fill(NaN);
  for (let i = 0; i < values.length; ++i) {
    const value = values[i];
    if (value !== null && value !== undefined) made[i] = make(value, i);
  }
  return made;
}

function makeVoice(track: VoiceTrack, reference: Reference): Voice {
  const points = track.peak.length;
  const { f0_hz, level_dbfs } = reference;
  const speaking = new Uint8Array(track.speaking);
  const peak = new Float32Array(track.peak);
  const f0_st = numbers(track.f0_hz, (f0) => (f0_hz === null ? NaN : 12 * Math.log2(f0 / f0_hz)));
  const level_db = numbers(track.level_dbfs, (level, i) => (speaking[i] && level_dbfs !== null ? level - level_dbfs : NaN));
  const distress = numbers(track.distress ?? [], (score) => score);
  return {
    reference, points, speaking, f0_st, level_db, distress,
    loudest: peak.reduce((a, b) => Math.max(a, b), kQuietestLoudest),
    peakColumns: new Columns(peak, largest),
    f0Columns: new Columns(f0_st, middleHalf),
    levelColumns: new Columns(level_db, louderHalf),
    distressColumns: new Columns(distress, largest),
  };
}
