// Invented calls for the fake review server: the same ones each time.

// A small generator (mulberry32), so that each run has the same calls.
export function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const kAgents = [
  ["Dana Kim", "North"], ["Iven Okafor", "North"], ["Rosa Lindqvist", "North"], ["Tom Baker", "South"],
  ["Mei Tanaka", "South"], ["Ayşe Yılmaz", "South"],
];
const kQueues = ["Billing", "Repairs", "Orders"];
const kWords = {
  interruption: ["Interruption", "You both spoke for 1.2 s; they were 5.1 s into their turn"],
  raised_voice: ["Raised voice", "7 dB louder and 3.8 st higher than usual for this voice"],
  fast_speech: ["Fast speech", "6.3 syllables/s, 37 % faster than usual"],
  slow_speech: ["Slow speech", "3.0 syllables/s, 30 % slower than usual"],
  long_silence: ["Long silence", "Nobody spoke for 14 s"],
  monologue: ["Monologue", "The agent has spoken for 94 s"],
  distress: ["Signs of distress", "louder, higher and faster than this voice's own usual"],
  recovered: ["Recovered", "level and pitch are back near the usual of this voice"],
};
const kEvidence = {
  interruption: { overlap_s: 1.2, holder_turn_s: 5.1 }, raised_voice: { level_db: 7.1, f0_st: 3.8 },
  fast_speech: { rate_syl_per_s: 6.3, rate_ratio: 1.37 }, slow_speech: { rate_syl_per_s: 3, rate_ratio: 0.7 },
  long_silence: { silence_s: 14 }, monologue: { turn_s: 94 }, distress: { probability: 0.86, usual_s: 12, level_db: 6.2, f0_st: 3.1 },
  recovered: { after_s: 34, level_db: 0.8, f0_st: 0.3 },
};

let nextCue = 1;

function cue(kind, party, start_s, length_s, confidence) {
  const [title, reason] = kWords[kind];
  const start = Math.round(start_s * 100) / 100;
  return {
    id: nextCue++, kind, party, start_s: start, end_s: start + length_s, raised_at_s: start + 0.8, confidence,
    evidence: kEvidence[kind], title, reason, verdicts: [],
  };
}

// Which cues a call has, by its number: each kind of call comes round.
const kPlots = [
  [["interruption", "agent"], ["distress", "customer"], ["raised_voice", "customer"]],
  [["distress", "customer"], ["recovered", "customer"]],
  [["interruption", "agent"], ["interruption", "agent"], ["monologue", "agent"]],
  [["long_silence", "agent"], ["fast_speech", "agent"]],
  [["raised_voice", "customer"]],
  [],
  [["interruption", "customer"], ["slow_speech", "agent"]],
];

function countsOf(cues, party) {
  const counts = {};
  for (const { kind, party: whose } of cues) if (whose === party) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function surestOf(cues, party) {
  const surest = {};
  for (const { kind, party: whose, confidence } of cues) if (whose === party) surest[kind] = Math.max(surest[kind] ?? 0, confidence);
  return surest;
}

function becauseOf(cues, recovered) {
  const has = (kind, party) => cues.filter((one) => one.kind === kind && one.party === party).length;
  const told = [];
  if (has("distress", "customer")) told.push(recovered ? "signs of distress, then calmer" : "signs of distress that did not calm");
  else if (has("raised_voice", "customer")) told.push("the customer's voice was raised");
  const cutOff = has("interruption", "agent");
  if (cutOff) told.push(cutOff === 1 ? "the customer was cut off once" : `the customer was cut off ${cutOff} times`);
  if (has("long_silence", "agent")) told.push("a long silence");
  if (has("monologue", "agent")) told.push("a monologue");
  return told;
}

// Who spoke when: turns in alternation.
function segmentsOf(duration_s, random) {
  const segments = [];
  let party = "agent";
  for (let at_s = 0.6; at_s < duration_s - 2;) {
    const length_s = 1.5 + 9 * random();
    segments.push({ party, start_s: at_s, end_s: Math.min(at_s + length_s, duration_s - 0.5) });
    at_s += length_s + 0.2 + 0.8 * random();
    party = party === "agent" ? "customer" : "agent";
  }
  return segments;
}

function figuresOf(segments, cues, party, duration_s) {
  const own = segments.filter((segment) => segment.party === party);
  const talk_s = own.reduce((sum, { start_s, end_s }) => sum + end_s - start_s, 0);
  return {
    talk_s, talk_share: talk_s / duration_s, syllables: 160, speech_rate_syl_per_s: 3.9, articulation_rate_syl_per_s: 5.2, f0_median_hz: party === "agent" ? 110 : 190,
    f0_range_st: 7.7, level_dbfs: -26, interruptions_per_hour: 12, interruptions: cues.filter((one) => one.kind === "interruption" && one.party === party).length,
    given_back: 0, given_back_median_s: null, backchannels: 2, longest_turn_s: 10.2,
    response_gap_p10_ms: 280, response_gap_median_ms: 420, response_gap_p90_ms: 600, bleed: "clean",
    baseline_ready: true, usual_ready_at_s: 28,
  };
}

// @param started_at  A Date. `changes` of the CALL win.
export function madeCall(id, started_at, { plot = kPlots[id % kPlots.length], duration_s = null, ...changes } = {}) {
  const random = chance(id);
  const [agent, team] = kAgents[id % kAgents.length];
  const length_s = duration_s ?? Math.round(90 + 400 * random());
  const cues = plot.map(([kind, party], i) =>
    cue(kind, party, length_s * (0.3 + (0.6 * i) / Math.max(plot.length, 1)), 4, Math.round(100 * (0.55 + 0.4 * random())) / 100));
  const distressed = cues.some(({ kind }) => kind === "distress");
  const recovered = distressed || cues.some(({ kind, party }) => kind === "raised_voice" && party === "customer")
    ? cues.some(({ kind }) => kind === "recovered") : null;
  const segments = segmentsOf(length_s, random);
  const call = {
    id, started_at: started_at.toISOString(), duration_s: length_s, agent, team, queue: kQueues[id % kQueues.length],
    caller_ref: `C-${1000 + id}`, consent_ref: id % 9 === 0 ? "" : `notice-${id}`, origin: "watched", source: `call_${id}.wav`,
    state: "done", cues: { agent: countsOf(cues, "agent"), customer: countsOf(cues, "customer") },
    confidence: { agent: surestOf(cues, "agent"), customer: surestOf(cues, "customer") },
    distressed_s: distressed ? 35 : 0, peak_distress: distressed ? 0.6 + 0.35 * random() : 0.2, recovered,
    need: becauseOf(cues, recovered).length * 2 + (distressed && !recovered ? 5 : 0), need_because: becauseOf(cues, recovered),
    reviewed: false, notes: 0, audio: true, conduct_from: null, ...changes,
  };
  const report = {
    schema: "tonecue.call/1", file: call.source, duration_s: length_s, sample_rate_hz: 8000, line_delay_ms: 0,
    parties: {
      agent: figuresOf(segments, cues, "agent", length_s), customer: figuresOf(segments, cues, "customer", length_s),
    },
    segments,
    overlaps: cues.filter(({ kind }) => kind === "interruption").map(({ party, start_s }) =>
      ({ starter: party, kind: "interruption", start_s, end_s: start_s + 1.2 })),
    alerts: cues.filter(({ party }) => party === "agent" || distressed).map((one, i) => ({
      at_s: one.raised_at_s + 0.1, cue: one.kind, party: one.party, raised_at_s: one.raised_at_s, confidence: one.confidence,
      escalation: false, text: "Let them finish.", delivered: true, id: i + 1, answer: null,
    })),
  };
  return { call, cues, notes: [], report };
}

// What is drawn of a call: 10 points a second and voice.
export function trackOf({ report, cues }) {
  const points = Math.round(report.duration_s * 10);
  const voice = (party) => {
    const random = chance(report.duration_s * (party === "agent" ? 3 : 7));
    const speaking = new Array(points).fill(0);
    for (const { party: whose, start_s, end_s } of report.segments) {
      if (whose === party) speaking.fill(1, Math.round(start_s * 10), Math.round(end_s * 10));
    }
    const usual = { f0_hz: party === "agent" ? 110 : 190, level_dbfs: -26, rate_syl_per_s: 5.2, ready_s: 28 };
    const risen = (i) => cues.some((one) => one.party === party && i >= one.start_s * 10 && i < one.end_s * 10) ? 1 : 0;
    return {
      peak: speaking.map((on, i) => (on ? 0.15 + 0.3 * random() + 0.3 * risen(i) : 0.01 * random())),
      level_dbfs: speaking.map((on, i) => (on ? -30 + 6 * random() + 7 * risen(i) : -62 + 3 * random())),
      f0_hz: speaking.map((on, i) => (on && random() > 0.3 ? usual.f0_hz * 2 ** ((4 * random() - 2 + 3.5 * risen(i)) / 12) : null)),
      speaking,
      ...(party === "customer" ? {
        distress: speaking.map((on, i) => (i < 280 || !on ? null : 0.1 + 0.2 * random() + 0.6 * (cues.some((one) =>
          one.kind === "distress" && i >= one.start_s * 10 && i < one.end_s * 10) ? 1 : 0))),
      } : {}),
      usual,
    };
  };
  return {
    step_s: 0.1, agent: report.parties.agent ? voice("agent") : null,
    customer: report.parties.customer ? voice("customer") : null,
  };
}

// The call's sound: 8 kHz, left a low tone where the agent speaks, right a higher one of the customer.
export function soundOf({ report }) {
  const rate_hz = 8000;
  const frames = Math.round(report.duration_s * rate_hz);
  const data = Buffer.alloc(44 + 4 * frames);
  data.write("RIFF", 0);
  data.writeUInt32LE(data.length - 8, 4);
  data.write("WAVEfmt ", 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(2, 22);
  data.writeUInt32LE(rate_hz, 24);
  data.writeUInt32LE(4 * rate_hz, 28);
  data.writeUInt16LE(4, 32);
  data.writeUInt16LE(16, 34);
  data.write("data", 36);
  data.writeUInt32LE(4 * frames, 40);
  for (const { party, start_s, end_s } of report.segments) {
    const [offset, f0_hz] = party === "agent" ? [0, 110] : [2, 190];
    for (let i = Math.round(start_s * rate_hz); i < Math.min(Math.round(end_s * rate_hz), frames); ++i) {
      data.writeInt16LE(Math.round(6000 * Math.sin((2 * Math.PI * f0_hz * i) / rate_hz)), 44 + 4 * i + offset);
    }
  }
  return data;
}
