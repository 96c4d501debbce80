// The words and numbers of the page of a call, without a browser.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { build } from "esbuild";

const source = path.join(import.meta.dirname, "..", "..", "src", "review", "call");

async function load(name) {
  const { outputFiles } = await build({
    entryPoints: [path.join(source, name)], bundle: true, format: "esm", write: false, target: "es2022",
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
const plain = (value) => JSON.parse(JSON.stringify(value).replaceAll("\u00a0", " "));

const { facts, heldBack } = await load("evidence-words.ts");
const { around } = await load("around.ts");
const { TimeScale } = await load("time-scale.ts");
const { Columns, largest, louderHalf, middleHalf } = await load("columns.ts");
const { CallModel } = await load("call-model.ts");
const { momentIn, filtersIn } = await load("address.ts");

const cue = (changes) => ({
  id: 1, kind: "interruption", party: "agent", start_s: 30, end_s: 31, raised_at_s: 31, confidence: 0.7, evidence: {},
  title: "", reason: "", verdicts: [], ...changes,
});
const model = (segments, cues) => new CallModel({
  call: { duration_s: 100 }, cues, notes: [], report: {
    duration_s: 100, segments, overlaps: [], alerts: [], parties: { agent: { f0_median_hz: 100, level_dbfs: -20 }, customer: {} },
  },
});
const talk = (party, start_s, end_s) => ({ party, start_s, end_s });

test("evidence is told in words with its unit, and by its name where it is new", () => {
  assert.deepEqual(plain(facts({ overlap_s: 0.62, holder_level_db: -2.16, mid_phrase: 1, rate_ratio: 1.37, new_thing_st: -1.5 })), [
    { name: "Both spoke", value: "0.6 s" }, { name: "The other\u2019s level just before, against their usual", value: "\u22122.2 dB" },
    { name: "The other was in mid-phrase (pitch and level not falling)", value: "yes" },
    { name: "Pace against this voice\u2019s usual", value: "+37 %" }, { name: "new thing", value: "\u22121.50 st" },
  ]);
  assert.deepEqual(facts({ constructor: 1 }), [{ name: "constructor", value: "1.00" }]);
  assert.equal(heldBack("toString"), "the program does not say why");
});

test("around an interruption: who talked, who spoke last, whether the floor was given back", () => {
  const cut = cue({ evidence: { given_back: 1, given_back_after_s: 2.24 } });
  const { before, after } = around(model([talk("customer", 20, 31), talk("agent", 30, 34), talk("customer", 38, 45)], [cut]), cut);
  assert.deepEqual(plain(before), [
    "Talked in these 15 s: agent 0.0 s, customer 10.0 s", "The customer was speaking as it began", "Longest silence 5.0 s, from 0:15",
  ]);
  assert.deepEqual(plain(after), [
    "The customer had the floor again after 2.2 s", "Talked in these 15 s: agent 3.0 s, customer 7.0 s", "Longest silence 4.0 s, from 0:34",
  ]);
});

test("around a distress: whether the voice came back near its usual", () => {
  const upset = cue({ kind: "distress", party: "customer" });
  const calm = cue({ id: 2, kind: "recovered", party: "customer", start_s: 71, end_s: 75 });
  assert.ok(plain(around(model([], [upset, calm]), upset).after).includes("Back near this caller's usual after 41 s, at 1:11"));
  assert.ok(around(model([], [upset]), upset).after.includes("Not back near this caller's usual by the end of the call"));
});

test("a view stays within the call, and a zoom keeps the moment under it where it is", () => {
  const scale = new TimeScale(100);
  scale.zoom(0.5, 20);
  assert.deepEqual([scale.start_s, scale.end_s], [10, 60]);
  scale.move(-50);
  assert.deepEqual([scale.start_s, scale.end_s], [0, 50]);
  scale.zoom(1e-6, 25);
  assert.ok(Math.abs(scale.length_s - 2) < 1e-9);
  scale.show(-10, 500);
  assert.ok(scale.isWhole);
  const short = new TimeScale(0.5);
  short.zoom(0.1, 0.2);
  assert.deepEqual([short.start_s, short.end_s], [0, 0.5]);
});

test("columns hold the largest, or the middle or louder half, of the points behind them", () => {
  const values = new Float32Array([1, 9, 2, 3, NaN, NaN, 5, 4]);
  const seen = (reduce, points, first = 0, end = 8) => {
    const all = [];
    new Columns(values, reduce).each(points, first, end, (point, behind, { low, high }) => all.push([point, low, high]));
    return all;
  };
  assert.deepEqual(seen(largest, 4), [[0, 9, 9], [4, 5, 5]]);
  assert.deepEqual(seen(middleHalf, 4), [[0, 1, 9], [4, 4, 5]]);
  assert.deepEqual(seen(louderHalf, 4), [[0, 2, 9], [4, 4, 5]]);
  assert.deepEqual(seen(largest, 2, 4, 6), [[4, NaN, NaN]]);
  assert.deepEqual(seen(largest, 0.1, 1, 3).map(([, , high]) => high), [9, 2]);
});

test("the address tells a moment, or nothing that makes sense", () => {
  assert.deepEqual(momentIn("?t=83.2", ""), { time_s: 83.2, cueId: null });
  assert.deepEqual(momentIn("", "#cue-17"), { time_s: null, cueId: 17 });
  for (const [search, hash] of [["?t=-1", "#cue-x"], ["?t=NaN", "#cue-"], ["?t=1e999", "#17"], ["?t=", "#cue-1234567890123456"]]) {
    assert.deepEqual(momentIn(search, hash), { time_s: null, cueId: null }, search + hash);
  }
  assert.equal(filtersIn("?team=North&t=5&team=South"), "?team=North&team=South");
  assert.equal(filtersIn("?t=5"), "");
});
