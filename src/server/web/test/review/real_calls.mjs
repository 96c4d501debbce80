// Small calls for the built program, made here: enough of them that there are figures to draw.
import assert from "node:assert/strict";
import { eventually } from "../chromium.mjs";

const kRateHz = 8000, kLengthS = 6;
const kAgents = ["Ann", "Ben", "Cem"], kCallsOfEach = 2;  // Figures ask for 5 calls of 3 agents.
const kAnalyseMs = 60_000;

// Hands them in as team North and waits until they are analysed.
// @param page  Of an admin.
export async function handInSmallCalls(page, address) {
  const { csrf } = await (await page.request.get(`${address}/api/me`)).json();
  for (let i = 0; i < kAgents.length * kCallsOfEach; ++i) {
    const asked = new URLSearchParams({ name: `small_${i}.wav`, team: "North", queue: "Billing", agent: kAgents[i % kAgents.length] });
    const answer = await page.request.post(`${address}/api/calls?${asked}`,
      { headers: { "X-Tonecue-Csrf": csrf, "Content-Type": "audio/wav" }, data: talk(120 + 10 * i) });
    assert.equal(answer.status(), 202, await answer.text());
  }
  const states = async () => [...new Set((await (await page.request.get(`${address}/api/jobs`)).json()).jobs.map(({ state }) => state))];
  await eventually(states, ["done"], kAnalyseMs);
}

// Two who take turns of 1.5 s, as buzzing tones.
function talk(pitch_hz) {
  const samples = new Int16Array(2 * kRateHz * kLengthS);
  for (let i = 0; i < kRateHz * kLengthS; ++i) {
    const side = Math.floor(i / (1.5 * kRateHz)) % 2;
    const phase = (i * (side ? 1.6 : 1) * pitch_hz) / kRateHz;
    samples[2 * i + side] = 9000 * (phase % 1) * Math.sin((12 * Math.PI * i) / kRateHz) ** 2;
  }
  return Buffer.concat([header(samples.byteLength), Buffer.from(samples.buffer)]);
}

function header(bytes) {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + bytes, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(kRateHz, 24);
  head.writeUInt32LE(4 * kRateHz, 28);
  head.writeUInt16LE(4, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(bytes, 40);
  return head;
}
