// The page of a call: what is heard, and where.
import assert from "node:assert/strict";
import { test } from "node:test";
import { aCall, callOf, chosen, headAt, heardNow, openCall } from "./call_page.mjs";
import { eventually, texts } from "./page.mjs";

const playing = (page) => page.locator(".play").innerText();
const soundAsked = (review) => review.asked.filter(({ address }) => address.endsWith("/audio"));
const kBroken = { forgiven: /status of \d+|net::ERR_/ };

async function moves(page) {
  const before = await headAt(page);
  await eventually(async () => (await headAt(page)) > before, true);
}

test("space plays, the play-head moves, and space stops it there", async () => {
  const { page } = await openCall();
  await page.keyboard.press("Space");
  await eventually(() => playing(page), "Pause");
  await moves(page);
  await page.keyboard.press("Space");
  await eventually(() => playing(page), "Play");
  const before = await headAt(page);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  assert.equal(await headAt(page), before);
});

test("nothing of the sound is asked for before it is played, and then in ranges", async () => {
  const { page, review } = await openCall();
  await page.keyboard.press("n");
  assert.deepEqual(soundAsked(review), []);
  await page.keyboard.press("Space");
  await moves(page);
  assert.ok(soundAsked(review).length > 0);
  assert.ok(soundAsked(review).every(({ range }) => range?.startsWith("bytes=")));
});

test("the arrows go 5 s back and on, Home and End to the ends", async () => {
  const { page } = await openCall();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.equal(await headAt(page), 10);
  await page.keyboard.press("ArrowLeft");
  assert.equal(await headAt(page), 5);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await headAt(page), 0);
  await page.locator("[role=slider]").focus();
  await page.keyboard.press("End");
  assert.equal(await headAt(page), 120);
  assert.equal(await page.locator("[role=slider]").getAttribute("aria-valuetext"), "2:00 of 2:00");
  await page.keyboard.press("Home");
  assert.equal(await headAt(page), 0);
});

test("the arrows move the sound itself", async () => {
  const { page } = await openCall({ heard: true });
  await page.keyboard.press("Space");
  await moves(page);
  for (let i = 0; i < 4; ++i) await page.keyboard.press("ArrowRight");
  await eventually(() => page.evaluate(() => window.heardElement.currentTime > 20), true);
  await page.keyboard.press("Space");
  assert.equal(Math.round(await headAt(page)), Math.round(await page.evaluate(() => window.heardElement.currentTime)));
});

test("Enter on a moment plays from 2 s before it", async () => {
  const { page } = await openCall({ heard: true });
  await page.keyboard.press("n");
  await page.keyboard.press("n");
  assert.equal(await headAt(page), 58);
  assert.equal(await playing(page), "Play");
  await page.keyboard.press("Enter");
  await eventually(() => playing(page), "Pause");
  await moves(page);
  assert.ok(await headAt(page) >= 58);
  assert.ok(await page.evaluate(() => window.heardElement.currentTime >= 58));
});

test("Enter plays the chosen moment from wherever no button has the focus", async () => {
  const { page, kept } = await openCall({ at: "/calls/7" });
  await page.keyboard.press("n");
  await eventually(() => chosen(page), kept.cues[0].id);
  await page.locator("h1").focus();
  await page.keyboard.press("Enter");
  await eventually(() => playing(page), "Pause");
  assert.ok(await headAt(page) >= 34);
});

test("a sound whose beginning is slow to come still begins where it was asked to", async () => {
  const { page } = await openCall({ heard: true });
  // The element knows its length well before it says so.
  await page.evaluate(() => window.heardElement.addEventListener("durationchange", () => {
    const until = performance.now() + 150;
    while (performance.now() < until);
  }));
  await page.keyboard.press("n");
  await page.keyboard.press("Enter");
  await moves(page);
  assert.ok(await page.evaluate(() => window.heardElement.currentTime >= 34));
});

test("a moment pressed in the list or in the drawing plays, and elsewhere the drawing sets the play-head", async () => {
  const { page, kept } = await openCall();
  const stage = await page.locator(".stage").boundingBox();
  const plot = { left: stage.x + 134, width: stage.width - 134 };
  const at = (time_s, y) => page.mouse.click(plot.left + (time_s / 120) * plot.width, stage.y + y);
  await at(20, 80);
  assert.ok(Math.abs(await headAt(page) - 20) < 0.2);
  assert.equal(await playing(page), "Play");
  await at(36, 34);  // The mark above the agent's lane.
  await eventually(() => chosen(page), kept.cues[0].id);
  await eventually(() => playing(page), "Pause");
  await page.keyboard.press("Space");
  await page.locator(".moment").nth(2).click();
  await eventually(() => playing(page), "Pause");
  await eventually(async () => (await headAt(page)) >= 82, true);
});

test("each party can be muted, and the other is still heard", async () => {
  const call = aCall();
  call.report.segments = [{ party: "agent", start_s: 0, end_s: 110 }, { party: "customer", start_s: 0, end_s: 110 }];
  const { page } = await openCall({ call, heard: true });
  await page.keyboard.press("Space");
  await eventually(() => heardNow(page), [true, true]);
  await page.keyboard.press("a");
  await eventually(() => heardNow(page), [false, true]);
  assert.equal(await page.getByRole("button", { name: /Agent muted/ }).getAttribute("aria-pressed"), "true");
  await page.keyboard.press("c");
  await eventually(() => heardNow(page), [false, false]);
  await page.keyboard.press("a");
  await eventually(() => heardNow(page), [true, false]);
});

test("it plays from half to twice as fast, at the same pitch", async () => {
  const { page } = await openCall({ heard: true });
  const how = () => page.evaluate(() => [window.heardElement.playbackRate, window.heardElement.preservesPitch]);
  await page.keyboard.press("]");
  await page.keyboard.press("Space");
  await moves(page);
  assert.deepEqual(await how(), [1.25, true]);
  await page.getByLabel("Speed").selectOption("2");
  assert.deepEqual(await how(), [2, true]);
  await page.locator("h1").focus();
  for (let i = 0; i < 8; ++i) await page.keyboard.press("[");
  assert.deepEqual(await how(), [0.5, true]);
});

test("a recording of one voice has one lane and one voice to mute, and is heard", async () => {
  const call = callOf("customer");
  call.report.segments = [{ party: "customer", start_s: 0, end_s: 110 }];
  const { page } = await openCall({ call, heard: true });
  assert.equal(await page.locator(".mute").count(), 1);
  assert.deepEqual(await texts(page, ".short thead th")(), ["Customer"]);
  await page.keyboard.press("a");
  await page.keyboard.press("Space");
  await eventually(() => heardNow(page), [true]);
});

test("without a recording all else works, and one line tells why", async () => {
  const { page, kept, review } = await openCall({ call: aCall({ audio: false }), set: (server) => { server.keepsAudio = false; } });
  assert.deepEqual(await texts(page, ".no-audio")(),
    ["No sound is kept: this site keeps none unless asked to (“keep_audio = true” in [privacy]). All else is here."]);
  assert.equal(await page.locator(".play, .mute, select").count(), 0);
  await page.keyboard.press("Space");
  await page.keyboard.press("a");
  await page.keyboard.press("ArrowRight");
  assert.equal(await headAt(page), 5);
  await page.keyboard.press("n");
  await eventually(() => chosen(page), kept.cues[0].id);
  await page.keyboard.press("1");
  await eventually(() => Promise.resolve(kept.cues[0].verdicts.length), 1);
  assert.deepEqual(soundAsked(review), []);
  assert.deepEqual(await texts(page, ".trouble")(), []);
});

test("a recording that does not come is told in one sentence, and asked for again", async () => {
  let away = true;
  const refuse = (method, path) => (away && path.endsWith("/audio") ? { status: 404, error: "no sound" } : null);
  const { page } = await openCall({ set: (review) => { review.refuse = refuse; }, ...kBroken });
  await page.keyboard.press("Space");
  await eventually(texts(page, ".trouble span:nth-child(2)"),
    ["The recording cannot be played: the program does not give it, or the browser cannot read it."]);
  away = false;
  await page.keyboard.press("Space");
  await eventually(texts(page, ".trouble"), []);
  await moves(page);
});

test("leaving the page stops the sound", async () => {
  const { page } = await openCall({ heard: true });
  await page.keyboard.press("Space");
  await moves(page);
  await page.keyboard.press("Escape");
  await eventually(texts(page, "main h1:not([hidden] h1)"), ["Calls"]);
  assert.equal(await page.evaluate(() => window.heardElement.paused), true);
});
