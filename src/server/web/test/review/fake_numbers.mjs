// Figures of many calls (docs/figures.md), invented for the fake review server: the same ones each time.
import { chance } from "./fake_calls.mjs";

const kDayMs = 86_400_000;
const kLeast = { calls: 5, agents: 3 };
const dayOf = (ms) => new Date(ms).toISOString().slice(0, 10);
const msOf = (day) => Date.parse(`${day}T00:00:00Z`);

function figures(random, { calls = 40, agents = 9, good = 1 } = {}) {
  const about = (value) => value * good * (0.8 + 0.4 * random());
  return {
    calls, agents, hours: calls * 0.11, customer_speech_h: calls * 0.05, interruptions_per_h: about(10), interruptions_by_customer_per_h: about(7),
    distress_min: about(calls * 0.4), distress_min_per_h: about(3.4), distress_share: about(0.18), recovered_share: Math.min(0.95, about(0.6)),
    time_to_calm_s: about(48), silence_share: about(0.08), overtalk_share: about(0.045), agent_talk_share: about(0.42), alerts_per_h: about(5),
    answers: { helpful: Math.round(about(calls)), not_now: Math.round(about(calls / 3)), wrong: Math.round(about(calls / 8)), none: Math.round(about(calls / 2)) },
  };
}

function stepsOf(from, to, step) {
  const steps = [];
  for (let at = msOf(from); at < msOf(to);) {
    const date = new Date(at);
    const next = step === "month" ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) : at + (step === "week" ? 7 : 1) * kDayMs;
    steps.push({ from: dayOf(at), to: dayOf(Math.min(next, msOf(to))) });
    at = next;
  }
  return steps;
}

// @param names  Of the groups.
function overTime(query, names) {
  const [from, to, step, by] = ["from", "to", "step", "by"].map((name) => query.get(name));
  const groups = names.map((name, i) => {
    const random = chance(i + 1);
    return {
      name, all: { too_few: false, ...figures(random, { calls: 480, agents: 11 + i }) },
      steps: stepsOf(from, to, step).map((span, k) => ({ ...span, ...(k === 2 && i === 0 ? { too_few: true } : { too_few: false, ...figures(random, { good: 1 - i * 0.15 }) }) })),
    };
  });
  if (by !== "none") groups.push({ name: "", all: { too_few: true }, steps: stepsOf(from, to, step).map((span) => ({ ...span, too_few: true })) });
  return { from, to, zone: "CET", step, by, least: kLeast, groups };
}

const kChanges = [
  ["interruptions_per_h", "per_h", 12.1, 9, -5.2, -1, "fewer interruptions by agents: 12.1 an hour before, 9.0 after; the true change lies between -5.2 and -1.0 with 95 % confidence"],
  ["interruptions_by_customer_per_h", "per_h", 7.2, 7.5, -1.1, 1.7, "interruptions by customers: no difference that these calls could show (7.2 an hour before, 7.5 after; between -1.1 and 1.7 with 95 % confidence)"],
  ["distress_share", "share", 0.18, 0.15, -0.071, 0.011, "calls with distress: no difference that these calls could show (18 % before, 15 % after; between -7 and 1 points with 95 % confidence)"],
  ["time_to_calm_s", "s", 51, 38, -24.4, -1.6, "callers were calmer sooner: 51 s before, 38 s after; the true change lies between -24 and -2 s with 95 % confidence"],
  ["helpful_share", "share", 0.52, 0.5, null, null, "helpful answers: 52 % before, 50 % after; too little to say how sure that is"],
];

const beyond = (difference, low, high) => {
  const [wide, shown] = [(high - low) / 8, low - (high - low) / 8 > 0 || high + (high - low) / 8 < 0];
  return { difference, low: low - wide, high: high + wide, shown, sentence: shown ? "fewer of them than the change elsewhere accounts for" : "no more of a change than elsewhere in the same time" };
};

function changeOf(query) {
  const [on, days] = [query.get("on"), Number(query.get("days"))];
  const at = msOf(on);
  const others = query.has("team") || query.has("queue");
  return {
    on, days, zone: "CET", least: kLeast, too_few: false,
    before: { from: dayOf(at - days * kDayMs), to: on, calls: 412, agents: 14 }, after: { from: on, to: dayOf(at + days * kDayMs), calls: 398, agents: 14 },
    others: others ? { before: { calls: 820, agents: 31 }, after: { calls: 811, agents: 30 } } : null,
    measures: kChanges.map(([name, unit, before, after, low, high, sentence]) => ({
      name, unit, before, after, difference: after - before, low, high, agents: 14, shown: low !== null && (low > 0 || high < 0), sentence,
      others: others ? { before, after: before * 0.98, difference: -before * 0.02 } : null,
      beyond_others: others && low !== null ? beyond(after - before * 0.98, low, high) : null,
    })),
    note: "Of eleven measures at 95 %, one in two such pages shows something by chance: ask one question, chosen before looking.",
  };
}

function exposureOf(query, teams) {
  const [from, to] = [query.get("from"), query.get("to")];
  const random = chance(5);
  const days = stepsOf(from, to, "day").flatMap(({ from: day }, i) => teams.map((team) => ({
    day, team, ...(i % 7 > 4 ? { too_few: true } : { too_few: false, calls: 40, distress_calls: 8, distress_min: 12 + 8 * random() }),
  })));
  const hours = Array.from({ length: 24 }, (_, hour) => ({
    hour, ...(hour < 8 || hour > 18 ? { too_few: true }
      : { too_few: false, calls: 90, distress_calls: 14, distress_min: 30, distress_min_per_h: hour === 16 ? 6.4 : 2.5 + random() }),
  }));
  const shift = (team, too_few) => ({ team, ...(too_few ? { too_few } : { too_few, agents: 14, shifts: 240, median_min: 2.4, p90_min: 11.8 }) });
  return { from, to, zone: "CET", least: kLeast, days, hours, shifts: [...teams.map((team, i) => shift(team, i === 1)), shift(null, false)] };
}

function mineOf(query) {
  const [from, to] = [query.get("from"), query.get("to")];
  const random = chance(9);
  const own = (good) => {
    const { agents, ...rest } = figures(random, { calls: 31, good });
    return rest;
  };
  const weeks = stepsOf(from, to, "week").map((span, i) => ({ ...span, ...(i === 1 ? { too_few: true } : { too_few: false, ...own(1) }) }));
  const usual = { ...own(1), calls: 240, interruptions_per_h: 12, silence_share: 0.05, distress_min_per_h: 3, recovered_share: 0.6, time_to_calm_s: 48, overtalk_share: 0.045 };
  const latest = { from: weeks.at(-1).from, to: weeks.at(-1).to, ...own(1), interruptions_per_h: 7.5, silence_share: 0.08, distress_min: 14.2, distress_min_per_h: 5, recovered_share: 0.6, time_to_calm_s: 50, overtalk_share: 0.046 };
  Object.assign(weeks.at(-1), latest);
  return { from, to, zone: "CET", least: { calls: 5 }, weeks, latest, usual };
}

function scoresOf(query) {
  const kinds = [{ kind: "CSAT", calls: 812 }, { kind: "QA", calls: 12 }];
  const kind = query.get("kind");
  const span = { from: query.get("from"), to: query.get("to") };
  if (!kind) return { ...span, kinds, kind: null };
  const least = { calls: 30, agents: 3 };
  if (kind === "QA") return { ...span, kinds, kind, least, too_few: true };
  return {
    ...span, kinds, kind, least, too_few: false, calls: 812, agents: 37, mean: 4.1,
    measures: [
      { name: "interruptions_per_h", calls: 790, rho: -0.21, low: -0.29, high: -0.12 },
      { name: "silence_share", calls: 790, rho: -0.04, low: -0.11, high: 0.04 },
      { name: "time_to_calm_s", calls: 21, rho: null, low: null, high: null },
    ],
    presence: [
      { cue: "distress", party: "customer", too_few: false, with: { calls: 96, mean: 3.1 }, without: { calls: 716, mean: 4.2 }, difference: -1.1, low: -1.4, high: -0.8 },
      { cue: "monologue", party: "agent", too_few: true },
    ],
  };
}

function agreementOf(query) {
  return {
    from: query.get("from"), to: query.get("to"), zone: "CET", least: { cues: 20 }, too_few: false, cues: 64, calls: 29, reviewers: 3, pairs: 3, mean_of_pairs: true,
    agreed_share: 0.87, kappa: 0.66, low: 0.51, high: 0.81, sentence: "reviewers mostly hear the same (87 % the same verdict; kappa 0.66, where 0 is chance and 1 is full agreement; mean of pairs of reviewers)",
    precision: [
      { kind: "interruption", cues: 74, right: 64, wrong: 7, unsure: 3, precision: 0.901, low: 0.81, high: 0.95 },
      { kind: "distress", cues: 57, right: 31, wrong: 22, unsure: 4, precision: 0.585, low: 0.45, high: 0.71 },
      { kind: "monologue", cues: 1, right: 0, wrong: 0, unsure: 1, precision: null, low: null, high: null },
    ],
  };
}

function thresholdsOf(query) {
  const kind = query.get("kind");
  if (kind !== "distress") {
    return { kind, setting: null, advice: null, sentence: "no setting of this kind can be held against a cue's confidence: there is no advice" };
  }
  const steps = Array.from({ length: 20 }, (_, i) => ({
    threshold: Math.round(100 * (0.6 + 0.02 * i)) / 100, cues_kept: Math.round(210 * (1 - i / 20) ** 1.43), right_kept: Math.round(31 * (1 - (i / 20) ** 2.2)),
    wrong_dropped: Math.round(22 * (i / 20) ** 0.5),
  }));
  return {
    kind, setting: "[distress] raise_probability", least: { verdicts: 20 }, too_few: false, cues: 210, right: 31, wrong: 22, unsure: 4, steps,
    advice: { threshold: 0.72, fewer_share: 0.4, fewer_low: 0.34, fewer_high: 0.47, right_lost: 2, right_lost_low: 0.02, right_lost_high: 0.21, wrong_dropped: 12 },
    sentence: "at 0.72 you would have had 40 % fewer alerts and lost 2 of 31 right ones; at other calls expect 34 to 47 % fewer, and 2 to 21 % of the right ones lost",
  };
}

// POST /api/scores: read as the server does, in short.
function readScores(text) {
  const [head, ...lines] = text.trim().split(/\r?\n/);
  const problems = lines.flatMap((line, i) => (Number.isFinite(Number(line.split(",")[2] || NaN)) ? [] : [`line ${i + 2}: the value is no number`]));
  if (!/^(source|call_id),kind,value(,at)?$/.test(head)) return { status: 400, json: { error: "the first line must be source,kind,value" } };
  const without = lines.flatMap((line, i) => (line.startsWith("none") ? [i + 2] : []));
  const taken = lines.length - problems.length - without.length;
  return {
    json: {
      taken, new: taken, replaced: 0, without_call: without.length, lines_without_call: without.slice(0, 10),
      bad: problems.length, problems: problems.slice(0, 10),
    },
  };
}

// As FakeReview's: method, path, least role, answer. @param facets  Gives the teams and queues.
export function numberRoutes(facets) {
  const told = (make) => ({ query }) => ({ json: make(query) });
  return [
    ["GET", /^\/api\/numbers$/, "supervisor", told((query) => overTime(query, groupsOf(query, facets())))],
    ["GET", /^\/api\/numbers\/change$/, "supervisor", told(changeOf)],
    ["GET", /^\/api\/numbers\/exposure$/, "supervisor", told((query) => exposureOf(query, facets().teams))],
    ["GET", /^\/api\/numbers\/mine$/, "agent", ({ query, who }) =>
      (who.person.agent ? { json: mineOf(query) } : { status: 404, json: { error: "there is no such thing here" } })],
    ["GET", /^\/api\/numbers\/scores$/, "supervisor", told(scoresOf)],
    ["POST", /^\/api\/scores$/, "supervisor", ({ bytes }) => readScores(bytes.toString())],
    ["GET", /^\/api\/agreement$/, "supervisor", told(agreementOf)],
    ["GET", /^\/api\/thresholds$/, "supervisor", told(thresholdsOf)],
    ["GET", /^\/api\/verdicts\.csv$/, "supervisor", () => ({
      bytes: Buffer.from("file,raised_at_s,verdict\n"), type: "text/csv", headers: { "Content-Disposition": 'attachment; filename="verdicts.csv"' },
    })],
  ];
}

function groupsOf(query, { teams, queues }) {
  const by = query.get("by");
  if (by === "none") return [""];
  const chosen = query.getAll(by);
  return (by === "queue" ? queues : teams).filter((name) => chosen.length === 0 || chosen.includes(name));
}
