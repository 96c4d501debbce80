// The page of a call that goes on: it asks by itself for what comes, and nothing that a person does is
// disturbed by it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { aCall, chosen, headAt, kCallId, openCall } from "./call_page.mjs";
import { eventually, openReview, texts } from "./page.mjs";

const kEveryMs = 5000;
const kRefused = { forgiven: /status of \d+|net::ERR_/ };
const running = (page) => texts(page, ".withheld");
const asked = (review) => review.asked.filter(({ address }) => address.includes("follow=yes")).length;
const openings = (review) => review.asked.filter(({ address }) => address === `/api/calls/${kCallId}`).length;

// A call of which 70 s have been heard. `goOn` lets it go on.
function runningCall() {
  const whole = aCall();
  const kept = { ...structuredClone(whole), notes: [] };
  kept.call.state = "open";
  kept.call.audio = false;
  kept.goOn = (now_s) => {
    Object.assign(kept.report, { duration_s: now_s, segments: whole.report.segments.filter(({ end_s }) => end_s <= now_s) });
    kept.call.duration_s = now_s;
    const fresh = whole.cues.filter((cue) => cue.raised_at_s <= now_s && !kept.cues.some(({ id }) => id === cue.id));
    kept.cues = [...kept.cues, ...structuredClone(fresh)];
  };
  kept.end = () => {
    kept.goOn(120);
    Object.assign(kept.call, { state: "done", audio: true });
  };
  kept.cues = [];
  kept.goOn(70);
  return kept;
}

// Long waits of the page end when the test says so. Runs in the page before its own scripts.
async function holdWaits(page) {
  await page.addInitScript((least_ms) => {
    const begin = window.setTimeout.bind(window), end = window.clearTimeout.bind(window);
    window.waits = new Map();
    window.setTimeout = (run, ms, ...rest) => {
      if (!(ms >= least_ms)) return begin(run, ms, ...rest);
      const id = -1 - Math.floor(1e9 * Math.random());
      window.waits.set(id, run);
      return id;
    };
    window.clearTimeout = (id) => (window.waits.delete(id) ? undefined : end(id));
  }, kEveryMs);
}
const waits = (page) => () => page.evaluate(() => window.waits.size);
const endWait = (page) => page.evaluate(() => {
  const [[id, run]] = window.waits;
  window.waits.delete(id);
  run();
});

async function openRunning({ before = null, ...given } = {}) {
  const call = runningCall();
  const opened = await openCall({
    call, ...given, before: async (page) => {
      await holdWaits(page);
      await before?.(page);
    },
  });
  const { page, review } = opened;
  await eventually(waits(page), 1);
  // The page asks once more, and has taken up the answer.
  const askAgain = async () => {
    const before = asked(review);
    await endWait(page);
    await eventually(() => asked(review), before + 1);
    await eventually(waits(page), 1);
  };
  return { ...opened, call, askAgain };
}

async function beginNote(page) {
  await page.keyboard.press("e");
  await eventually(() => page.evaluate(() => document.activeElement.tagName), "TEXTAREA");
  await page.keyboard.type("they waited long");
}

const length = async (page) => (await texts(page, ".player .now .fine")())[0];
const view = (page) => page.evaluate(() => {
  const { start_s, end_s } = document.querySelector("call-timeline").scale;
  return [start_s, end_s];
});

test("says that the call is running, and shows what comes", async () => {
  const { page, call, askAgain } = await openRunning();
  await eventually(running(page), ["● The call is running: what comes is shown here every few seconds."]);
  assert.equal(await length(page), "of 1:10");
  assert.equal(await page.locator(".moment").count(), 2);
  call.goOn(100);
  await askAgain();
  await eventually(() => length(page), "of 1:40");
  await eventually(() => page.locator(".moment").count(), 3);
  assert.deepEqual(await view(page), [0, 100]);
  assert.match((await texts(page, ".call-head .title .fine")())[0], /^1:40 so far/);
});

test("opens the call once, however often it asks", async () => {
  const { page, review, askAgain } = await openRunning();
  for (let i = 0; i < 4; ++i) await askAgain();
  assert.equal(asked(review), 4);
  assert.equal(openings(review), 1);
  assert.equal(await page.locator(".trouble").count(), 0);
});

test("leaves what is on view, the play-head, the chosen moment and the focus as they are", async () => {
  const { page, call, askAgain } = await openRunning();
  await page.keyboard.press("n");
  await page.keyboard.press("n");
  for (let i = 0; i < 3; ++i) await page.keyboard.press("+");
  const before = { view: await view(page), head_s: await headAt(page), chosen: await chosen(page) };
  const focused = () => page.evaluate(() => document.activeElement.dataset.cue);
  const held = await page.evaluateHandle(() => document.activeElement);
  assert.equal(Number(await focused()), before.chosen);
  // One that began before the others is told late.
  call.cues = [{ ...structuredClone(call.cues[0]), id: 9999, start_s: 5, end_s: 8 }, ...call.cues];
  call.goOn(110);
  await askAgain();
  await eventually(() => page.locator(".moment").count(), 4);
  assert.deepEqual({ view: await view(page), head_s: await headAt(page), chosen: await chosen(page) }, before);
  assert.equal(await page.evaluate((element) => document.activeElement === element, held), true);
  assert.equal(Number(await focused()), before.chosen);
});

test("never draws the call without its voices", async () => {
  const { page, call, askAgain } = await openRunning();
  await page.evaluate(() => {
    window.bare = 0;
    const stage = document.querySelector("call-stage");
    const timeline = document.querySelector("call-timeline");
    const draw = timeline.draw;
    timeline.draw = function () {
      if (!stage.traced || Object.keys(this.model.voices).length === 0) ++window.bare;
      return draw.call(this);
    };
  });
  call.goOn(90);
  await askAgain();
  await eventually(() => length(page), "of 1:30");
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  assert.equal(await page.evaluate(() => window.bare), 0);
});

test("leaves a note that is being written alone, and does not lose one that was just kept", async () => {
  const { page, call, review, askAgain } = await openRunning();
  await beginNote(page);
  for (let i = 0; i < 5; ++i) await page.keyboard.press("ArrowLeft");
  const caret = () => page.evaluate(() => [document.activeElement.id, document.activeElement.selectionStart]);
  assert.deepEqual(await caret(), ["note-text", 11]);
  call.goOn(80);
  await askAgain();
  await eventually(() => length(page), "of 1:20");
  assert.deepEqual(await caret(), ["note-text", 11]);
  assert.equal(await page.locator("textarea").inputValue(), "they waited long");

  // The answer that comes is from before the note.
  let letGo;
  const held = new Promise((done) => { letGo = done; });
  await page.route("**/track", async (route) => {
    await held;
    await route.continue();
  });
  const stale = page.waitForRequest("**/track");
  await endWait(page);
  await stale;
  await page.keyboard.press("Control+Enter");
  await eventually(texts(page, ".notes .text"), ["they waited long"]);
  letGo();
  await eventually(waits(page), 1);
  await page.unroute("**/track");
  assert.deepEqual(await texts(page, ".notes .text")(), ["they waited long"]);
  await askAgain();
  assert.deepEqual(await texts(page, ".notes .text")(), ["they waited long"]);
  assert.equal(review.call(kCallId).notes.length, 1);
});

test("asks nothing while what was written here is on its way", async () => {
  const { page, review } = await openRunning();
  await beginNote(page);
  let letGo;
  const held = new Promise((done) => { letGo = done; });
  await page.route("**/notes", async (route) => {
    await held;
    await route.continue();
  });
  const sent = page.waitForRequest("**/notes");
  await page.keyboard.press("Control+Enter");
  await sent;
  await endWait(page);
  await eventually(waits(page), 1);
  assert.equal(asked(review), 0);
  letGo();
  await eventually(texts(page, ".notes .text"), ["they waited long"]);
  await endWait(page);
  await eventually(() => asked(review), 1);
});

test("asks no more while nobody sees the page, and at once when somebody does", async () => {
  const { page, review, askAgain } = await openRunning();
  const show = (state) => page.evaluate((to) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => to });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
  await askAgain();
  await show("hidden");
  assert.equal(await waits(page)(), 0);
  assert.equal(asked(review), 1);
  await show("visible");
  await eventually(() => asked(review), 2);
  await eventually(waits(page), 1);
});

test("at the end says so, offers the sound, and asks no more", async () => {
  const { page, call, review, askAgain } = await openRunning();
  for (let i = 0; i < 3; ++i) await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator(".player .play").count(), 0);
  assert.match((await texts(page, ".no-audio")())[0], /^The call is running/);
  call.end();
  await askAgain();
  await eventually(running(page), ["✓ The call is over; all of it is here."]);
  await eventually(() => page.locator(".player .play").count(), 1);
  assert.equal(await headAt(page), 15);
  await page.keyboard.press("ArrowRight");
  assert.equal(await headAt(page), 20);
  await endWait(page);  // Once more, as the sound may come last.
  await eventually(() => asked(review), 2);
  await eventually(running(page), ["✓ The call is over; all of it is here."]);
  assert.equal(await waits(page)(), 0);
});

test("says once that there is a new moment, and once that the call is over", async () => {
  const { page, call, askAgain } = await openRunning({
    before: (page) => page.addInitScript(() => {
      window.told = [];
      window.addEventListener("review-announce", ({ detail }) => window.told.push(detail));
    }),
  });
  const told = () => page.evaluate(() => window.told);
  const before = (await told()).length;
  for (const now_s of [75, 80, 100, 105]) {
    call.goOn(now_s);
    await askAgain();
  }
  call.end();
  await askAgain();
  await eventually(async () => (await told()).slice(before), ["1 new moment.", "The call is over."]);
  assert.equal(await page.locator(".call-head [role=alert], .call-head [aria-live]").count(), 0);
});

test("says it when no answer comes, without alarm, and finds back by itself", async () => {
  const { page, call, review, askAgain } = await openRunning(kRefused);
  review.refuse = (_, path) => (path === `/api/calls/${kCallId}` ? { status: 503, error: "too busy" } : null);
  await endWait(page);
  await eventually(running(page), ["! The call is running: tonecue does not answer at the moment; this page goes on asking."]);
  assert.equal(await page.locator("[role=alert]").count(), 0);
  review.refuse = null;
  call.goOn(90);
  await askAgain();
  await eventually(running(page), ["● The call is running: what comes is shown here every few seconds."]);
});

test("of a call that was removed it says so, and asks no more", async () => {
  const { page, review } = await openRunning(kRefused);
  review.calls = [];
  await endWait(page);
  await eventually(texts(page, ".trouble span:nth-child(2)"), ["There is no call of this number."]);
  assert.equal(await waits(page)(), 0);
});

test("asks no more once the page is left, and the list knows what was learnt", async () => {
  const call = runningCall();
  const { page, review } = await openReview({ calls: [call], at: "/?when=all&flagged=any", before: holdWaits });
  await eventually(texts(page, ".row .tag"), ["still running"]);
  await page.locator(".row a").click();
  await eventually(waits(page), 1);
  call.end();
  await endWait(page);
  await eventually(running(page), ["✓ The call is over; all of it is here."]);
  await eventually(waits(page), 1);
  await page.keyboard.press("Escape");
  await eventually(waits(page), 0);
  await eventually(texts(page, ".row .tag"), []);
  assert.match((await texts(page, ".row .when")())[0], /2:00/);
  assert.equal(asked(review), 1);
});

test("a call that is over is not asked for again", async () => {
  const { page } = await openCall({ before: holdWaits });
  assert.equal(await waits(page)(), 0);
  assert.equal(await page.locator(".withheld").count(), 0);
});
