// Recordings handed in by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { madeCall, soundOf } from "./fake_calls.mjs";
import { eventually, openReview, texts } from "./page.mjs";

const kRefused = { forgiven: /status of \d+|net::ERR_/ };
const kWav = soundOf(madeCall(1, new Date(), { duration_s: 3 }));
const file = (name, buffer = kWav) => ({ name, mimeType: "audio/wav", buffer });
const jobs = (page) => texts(page, ".jobs li");
const trouble = (page) => texts(page, ".trouble span:nth-child(2)");
const send = (page) => page.getByRole("button", { name: "Send and analyse" }).click();

test("a recording is sent with what is known of it, and its call opens when it is analysed", async () => {
  const { page, review } = await openReview({ at: "/upload" });
  await page.getByLabel("Recordings").setInputFiles(file("late call.wav"));
  await page.getByLabel("the right channel").check();
  for (const [label, text] of [["Agent", "Dana Kim"], ["Team", "North"], ["Queue", "Billing"], ["Caller reference", "C-77"], ["Consent reference", "notice-5"]]) {
    await page.getByLabel(label, { exact: true }).fill(text);
  }
  await page.keyboard.press("Enter");
  await eventually(jobs(page), ["late call.wav Waits for its turn."]);
  assert.deepEqual(review.uploaded, {
    name: "late call.wav", agent_channel: "right", agent: "Dana Kim", team: "North", queue: "Billing", caller_ref: "C-77", consent_ref: "notice-5",
  });
  review.work(1, { state: "analysing", progress: 0.4 });
  await eventually(jobs(page), ["late call.wav Being analysed, 40 %"]);
  assert.equal(await page.getByRole("progressbar", { name: "Analysing late call.wav" }).evaluate((bar) => bar.value), 0.4);
  review.work(1, { state: "done", progress: 1, call: 12 });
  await eventually(() => new URL(page.url()).pathname, "/calls/12");
});

test("several files are dropped, each goes its own way, and the page stays", async () => {
  const { page, review } = await openReview({ at: "/upload" });
  const dropped = await page.evaluateHandle((bytes) => {
    const data = new DataTransfer();
    for (const name of ["one.wav", "two.wav"]) data.items.add(new File([new Uint8Array(bytes)], name, { type: "audio/wav" }));
    return data;
  }, [...kWav.subarray(0, 4000)]);
  await page.locator(".drop").dispatchEvent("drop", { dataTransfer: dropped });
  await eventually(async () => (await texts(page, ".files li span:first-child")()), ["one.wav", "two.wav"]);
  await send(page);
  await eventually(() => review.jobs.length, 2);
  review.work(1, { state: "done", progress: 1, call: 3 });
  review.work(2, { state: "failed", error: "two.wav: it has one channel only" });
  await eventually(jobs(page), ["two.wav ! Could not be analysed: it has one channel only", "one.wav Analysed. Open the call one.wav"]);
  assert.equal(new URL(page.url()).pathname, "/upload");
});

test("what a watched folder brought does not push all else from the page", async () => {
  const set = (review) => {
    const done = Array.from({ length: 30 }, (_, i) => ({ id: 40 - i, name: `line ${40 - i}.wav`, state: "done", progress: 1, call: 1, error: "" }));
    review.jobs = [{ id: 41, name: "new.wav", state: "waiting", progress: 0, call: null, error: "" }, ...done,
      { id: 1, name: "old.wav", state: "failed", progress: 0, call: null, error: "it has one channel only" }];
  };
  const { page } = await openReview({ at: "/upload", set });
  await eventually(async () => (await jobs(page)()).length, 12);
  assert.match((await jobs(page)()).at(-1), /^old\.wav/);
  assert.match(await page.locator("section:has(.jobs)").innerText(), /20 older ones are analysed, too/);
});

test("a recording that is there already opens its call", async () => {
  const { page, review } = await openReview({ at: "/upload" });
  await page.getByLabel("Recordings").setInputFiles(file("again.wav"));
  await send(page);
  await eventually(() => review.jobs.length, 1);
  review.work(1, { state: "known", call: 4 });
  await eventually(() => new URL(page.url()).pathname, "/calls/4");
});

test("what is no recording is told in one line, and stays to be taken away", async () => {
  const { page } = await openReview({ at: "/upload", ...kRefused });
  await page.getByLabel("Recordings").setInputFiles(file("notes.wav", Buffer.from("no sound at all")));
  await send(page);
  await eventually(trouble(page), ["notes.wav: this is no recording that tonecue can read."]);
  await page.getByRole("button", { name: "Take notes.wav away" }).click();
  assert.equal(await page.locator(".files").count(), 0);
});

for (const [status, told, shown] of [
  [413, "", "big.wav: This is too large."],
  [429, "too many recordings wait", "big.wav: Too many recordings wait; try again in 2 minutes."],
  [503, "", "big.wav: tonecue is too busy to answer."],
]) {
  test(`an upload that is refused with ${status} is told in one sentence`, async () => {
    const { page, review } = await openReview({ at: "/upload", ...kRefused });
    review.refuse = (method) => (method === "POST" ? { status, error: told, headers: status === 429 ? { "Retry-After": "100" } : {} } : null);
    await page.getByLabel("Recordings").setInputFiles(file("big.wav"));
    await send(page);
    await eventually(trouble(page), [shown]);
  });
}

test("a network that breaks while sending is told, and the file can be sent again", async () => {
  const { page, review } = await openReview({ at: "/upload", ...kRefused });
  review.refuse = (method) => (method === "POST" ? "hang up" : null);
  await page.getByLabel("Recordings").setInputFiles(file("call.wav"));
  await send(page);
  await eventually(trouble(page), ["call.wav: tonecue does not answer: is it running, and is the network there?"]);
  review.refuse = null;
  await send(page);
  await eventually(jobs(page), ["call.wav Waits for its turn."]);
});

test("without a file nothing is sent, and the page says what is missing", async () => {
  const { page, review } = await openReview({ at: "/upload" });
  await send(page);
  await eventually(trouble(page), ["Choose a recording first."]);
  assert.equal(await page.evaluate(() => document.activeElement.id), "file");
  assert.equal(review.jobs.length, 0);
});

test("where the caller's notice is required, the page says what is left out without it", async () => {
  const { page } = await openReview({ at: "/upload", set: (review) => { review.requireNotice = true; } });
  await eventually(texts(page, ".notice"), ["i Without a consent reference nothing is told of distress: interruptions, pace, loudness and silences only."]);
  await page.getByLabel("Consent reference").fill("notice-1");
  await eventually(() => page.locator(".notice").count(), 0);
});

test("the page tells whether the sound is kept", async () => {
  const { page } = await openReview({ at: "/upload", set: (review) => { review.keepsAudio = false; } });
  await eventually(async () => /analysed and then forgotten/.test((await texts(page, ".lead")())[0]), true);
});
