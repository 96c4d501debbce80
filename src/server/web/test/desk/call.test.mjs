import assert from "node:assert/strict";
import { test } from "node:test";
import { card, hello, state, summary, voice } from "./fake_program.mjs";
import { eventually, openPage, texts } from "./page.mjs";

const lines = (page) => texts(page, ".line");
const kLost = { kind: "lost", party: "agent", at_s: 12, text: "The microphone gives no sound since 0:12; tonecue waits for it." };
const kLostConnection = "! Connection to tonecue lost; trying again.";
const kReadBack = /willReadFrequently/;  // The test reads the canvas; the page does not.
const kHungUp = /net::ERR_/;

test("the meters tell level, pitch and rate against the voice's own usual", async () => {
  const { page, program } = await openPage();
  program.send("state", state(20, {
    customer: voice({ speaking: true, speaking_since_s: 8, level_dbfs: -30, level_db: 6, f0_st: -3, rate_ratio: 1.25 }),
  }));
  const customer = page.locator("[data-party=customer]");
  await eventually(texts(page, "[data-party=customer] .value"), ["+6.0 dB", "−3.0 st", "+25 %"]);
  assert.equal(await customer.locator(".speaking").innerText(), "speaking 0:12");
  const bars = await customer.locator(".bar").evaluateAll((all) => all.map((bar) => [bar.style.left, bar.style.width]));
  assert.deepEqual(bars, [["0%", "50%"], ["25%", "25%"], ["50%", "25%"]]);
});

test("a voice whose usual is not known yet is compared with nothing", async () => {
  const unknown = { usual_known: false, level_db: null, f0_st: null, rate_ratio: null };
  const { page, program } = await openPage({ first: hello(3, {
    state: state(3, { quiet_start: true, agent: voice(unknown), customer: voice(unknown) }),
  }) });
  await eventually(lines(page), ["… Quiet start: learning the voices before any card."]);
  assert.deepEqual(await texts(page, "[data-party=agent] .value")(), ["learning", "learning", "learning"]);
  program.send("state", state(20, { customer: voice(unknown) }));
  await eventually(lines(page), ["… Learning the customer's voice."]);
  program.send("state", state(30));
  await eventually(lines(page), []);
});

test("a screen reader that stands on a meter is told once a second at most", async () => {
  const { page, program } = await openPage();
  await page.clock.pauseAt(Date.now() + 1500);
  const meter = page.getByRole("meter", { name: "Level, You" });
  const said = () => meter.getAttribute("aria-valuetext");
  await page.clock.fastForward(1100);
  program.send("state", state(1, { agent: voice({ level_db: 2 }) }));
  await eventually(said, "+2.0 decibels against the usual");
  program.send("state", state(1.1, { agent: voice({ level_db: 3 }) }));
  await eventually(texts(page, "[data-party=agent] .level .value"), ["+3.0 dB"]);
  assert.equal(await said(), "+2.0 decibels against the usual");
  await page.clock.fastForward(1100);
  program.send("state", state(2.2, { agent: voice({ level_db: 3 }) }));
  await eventually(said, "+3.0 decibels against the usual");
});

test("the talk share and a silence are told", async () => {
  const { page, program } = await openPage();
  program.send("state", state(20, { both_silent_s: 4.2 }));
  await eventually(texts(page, ".share .end"), ["You 42 %", "Customer 38 %"]);
  assert.deepEqual(await texts(page, ".share .fine")(), ["silent for 0:04"]);
});

test("the strip and the traces are drawn, and move on", async () => {
  const segments = [{ party: "agent", start_s: 2, end_s: 12 }];
  const { page, program } = await openPage({ first: hello(100, { strip: { segments, overlaps: [] } }), forgiven: kReadBack });
  const strip = () => page.locator("desk-strip canvas").evaluate((canvas) => canvas.toDataURL());
  const inked = (selector) => page.locator(selector).evaluateAll((all) => all.map((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, i) => i % 4 === 3 && value > 200).length > 100;
  }));
  await eventually(() => inked("desk-strip canvas, desk-trace canvas"), [true, true, true]);
  const before = await strip();
  await page.clock.fastForward(400);
  program.send("segment", { party: "customer", start_s: 90, end_s: 99 });
  program.send("overlap", { starter: "customer", kind: "interruption", start_s: 90, end_s: 91 });
  program.send("card", card(1, 91));
  program.send("state", state(101));
  await eventually(async () => (await strip()) !== before, true);
});

test("of an unbroken speech the strip shows what has been said so far", async () => {
  const { page, program } = await openPage({ first: hello(100), forgiven: kReadBack });
  const columns = () => page.locator("desk-strip canvas").evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 30 * devicePixelRatio, canvas.width, 1);
    return data.filter((value, i) => i % 4 === 3 && value > 200).length;
  });
  const before = await columns();
  await page.clock.fastForward(400);
  program.send("state", state(100.1, { agent: voice({ speaking: true, speaking_since_s: 40 }) }));
  await eventually(async () => (await columns()) > before + 100, true);
});

test("a lost device is told until it is back", async () => {
  const { page, program } = await openPage({ first: hello(15, { notices: [kLost] }) });
  await eventually(lines(page), [`! ${kLost.text}`]);
  await page.clock.fastForward(4000);
  program.send("state", state(19));
  await page.clock.fastForward(4000);
  program.send("state", state(23));
  await page.clock.fastForward(4000);
  program.send("state", state(27));
  await eventually(texts(page, ".time"), ["0:27"]);
  assert.deepEqual(await lines(page)(), [`! ${kLost.text}`]);
  program.send("notice", { kind: "returned", party: "agent", at_s: 28, text: "The microphone is back." });
  await eventually(lines(page), ["✓ The microphone is back."]);
});

test("a gap is told for ten seconds", async () => {
  const { page, program } = await openPage();
  program.send("notice", { kind: "gap", party: "customer", at_s: 3, text: "0.4 s of the customer's sound is missing." });
  await eventually(lines(page), ["! 0.4 s of the customer's sound is missing."]);
  await page.clock.fastForward(4800);
  program.send("state", state(8));
  await eventually(texts(page, ".time"), ["0:08"]);
  assert.equal((await lines(page)()).length, 1);
  await page.clock.fastForward(4800);
  program.send("state", state(13));
  await eventually(texts(page, ".time"), ["0:13"]);
  await page.clock.fastForward(1000);
  await eventually(lines(page), []);
});

test("a broken connection is told and comes back by itself", async () => {
  const { page, program } = await openPage({ forgiven: kHungUp });
  program.hello = hello(42);
  program.hangUp();
  await eventually(lines(page), [kLostConnection]);
  assert.equal(await page.locator(".voices.stale").count(), 1);
  await eventually(texts(page, ".time"), ["0:42"]);
  await eventually(lines(page), []);
  assert.equal(program.connections, 2);
});

test("a program that says nothing any more is asked again", async () => {
  const { page, program } = await openPage();
  program.hello = hello(7);
  await page.clock.fastForward(6000);
  await eventually(() => program.connections, 2);
  await eventually(texts(page, ".time"), ["0:07"]);
});

test("a program with another key tells where to go, and is asked again", async () => {
  const { page, program } = await openPage({ forgiven: /net::ERR_|status of 403/ });
  program.turnsAway = true;
  program.hangUp();
  await eventually(lines(page), ["! tonecue was started anew: open the address that it printed."]);
  program.turnsAway = false;
  program.hello = hello(42);
  await page.clock.fastForward(2500);
  await eventually(texts(page, ".time"), ["0:42"]);
  await eventually(lines(page), []);
});

test("a party that is not listened to has no meters", async () => {
  const { page } = await openPage({ first: hello(3, { parties: { agent: true, customer: false } }) });
  await eventually(texts(page, ".voice h2"), ["You"]);
  assert.deepEqual(await texts(page, ".voices > .fine")(), ["Customer: not listened to in this call."]);
});

test("after the call there is the summary, and the next call starts anew", async () => {
  const { page, program } = await openPage({ first: hello(600, { cards: [card(1, 598)] }), forgiven: kHungUp });
  await page.locator(".card").waitFor();
  program.send("summary", summary());
  await eventually(texts(page, "#summary-title"), ["The call is over"]);
  assert.deepEqual(await texts(page, ".moved")(), ["Your share of the talking from 38 % → to 55 %"]);
  assert.deepEqual(await texts(page, ".summary .told")(), ["Your other numbers stayed level."]);
  assert.deepEqual(await texts(page, ".summary h3")(), ["Went well", "One to try"]);
  assert.deepEqual(await texts(page, ".summary .say")(), ["You let every turn come to its end.", "Say what you look up."]);
  assert.deepEqual(await texts(page, ".older .what")(), ["Interruption: Let them finish."]);
  assert.equal(await page.locator(".card, .voices").count(), 0);
  assert.deepEqual(await lines(page)(), []);
  program.hello = hello(1);
  program.hangUp();
  await eventually(texts(page, ".time"), ["0:01"]);
  assert.equal(await page.locator(".summary, .older").count(), 0);
});

test("a summary with nothing to tell has no empty headings", async () => {
  const note = "There was too little to tell: it takes a minute of call and 15 s of your speech.";
  const { page } = await openPage({ first: hello(20, { summary: summary({ moved: [], note, well: "", try: "" }) }) });
  await eventually(texts(page, ".summary .told"), [note.replaceAll("15 s", "15\u00a0s").replace(/\s+/g, " ")]);
  assert.equal(await page.locator(".summary dl, .summary h3, .summary .say").count(), 0);
});

test("through a shift the page waits for a call, keeps its summary, and goes on to the next", async () => {
  const { page, program } = await openPage({ first: hello(0, { waiting: true }) });
  await eventually(texts(page, ".nothing"), ["Waiting for a call."]);
  assert.equal(await page.locator(".voices, footer").count(), 0);
  await page.clock.fastForward(60_000);  // No state comes before a call, and none is missed.
  assert.deepEqual(await lines(page)(), []);
  program.send("hello", hello(0));
  program.send("state", state(2));
  await eventually(texts(page, ".time"), ["0:02"]);
  program.send("summary", summary());
  await page.clock.fastForward(60_000);
  await eventually(texts(page, "#summary-title"), ["The call is over"]);
  assert.deepEqual(await lines(page)(), []);
  program.send("hello", hello(0));
  program.send("state", state(1));
  await eventually(texts(page, ".time"), ["0:01"]);
  assert.equal(await page.locator(".summary").count(), 0);
  assert.equal(program.connections, 1);
});

test("a device that is lost between calls is told while the page waits", async () => {
  const { page, program } = await openPage({ first: hello(0, { waiting: true }) });
  await eventually(texts(page, ".nothing"), ["Waiting for a call."]);
  program.send("notice", kLost);
  await eventually(lines(page), [`! ${kLost.text}`]);
});
