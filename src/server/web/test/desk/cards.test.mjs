import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { card, hello, state, summary } from "./fake_program.mjs";
import { eventually, openPage, readIt, texts } from "./page.mjs";

const slower = (id, at_s, changes = {}) => card(id, at_s, {
  cue: "fast_speech", title: "Fast speech", text: "A little slower.", critical: false,
  reason: "5.9 syllables a second, 38 % faster than usual for this voice", ...changes,
});

const top = (page) => texts(page, ".card .text");
const older = (page) => texts(page, ".older .what");

test("a card shows what to do, why, and its picture", async () => {
  const { page, program } = await openPage();
  await eventually(texts(page, ".nothing"), ["Listening. Nothing to tell you."]);
  program.send("card", slower(1, 4));
  await eventually(top(page), ["A little slower."]);
  assert.deepEqual(await texts(page, ".card .title")(), ["Fast speech"]);
  assert.deepEqual(await texts(page, ".card .reason")(), ["5.9 syllables a second, 38 % faster than usual for this voice"]);
  assert.equal(await page.locator(".card svg.picture.note").count(), 1);
  assert.equal(await page.title(), "A little slower. – tonecue");
});

test("a card is told to a screen reader, and only a critical one interrupts it", async () => {
  const { page, program } = await openPage();
  program.send("card", slower(1, 4));
  await eventually(texts(page, ".unseen[role=status]"), ["Fast speech. A little slower."]);
  assert.deepEqual(await texts(page, "[role=alert]")(), [""]);
  program.send("card", card(2, 9));
  await eventually(texts(page, "[role=alert]"), ["Interruption. Let them finish."]);
});

test("the same words are told again when they come again", async () => {
  const { page, program } = await openPage();
  program.send("card", slower(1, 4));
  await eventually(texts(page, ".unseen[role=status] p"), ["Fast speech. A little slower."]);
  const first = await page.locator(".unseen[role=status] p").elementHandle();
  program.send("card", slower(2, 90));
  await eventually(() => first.evaluate((p) => p.isConnected), false);
});

test("the newest card is on top and at most two are greyed below it", async () => {
  const { page, program } = await openPage();
  for (const id of [1, 2, 3, 4]) program.send("card", slower(id, 10 * id, { text: `Card ${id}.` }));
  await eventually(top(page), ["Card 4."]);
  await eventually(older(page), ["Fast speech: Card 3.", "Fast speech: Card 2."]);
});

test("a cleared card greys at once, and steps back after eight seconds on view", async () => {
  const { page, program } = await openPage();
  program.send("card", card(1, 4));
  await eventually(top(page), ["Let them finish."]);
  program.send("clear", { id: 1, at_s: 5 });
  await eventually(texts(page, ".card.over .tag"), ["over"]);
  await page.clock.fastForward(4000);
  program.send("state", state(8));
  await page.clock.fastForward(3500);
  program.send("state", state(11.5));
  await eventually(texts(page, ".time"), ["0:11"]);
  assert.deepEqual(await top(page)(), ["Let them finish."]);
  await page.clock.fastForward(2000);
  await eventually(older(page), ["Interruption: Let them finish."]);
  assert.deepEqual(await texts(page, ".nothing")(), ["Listening. Nothing to tell you."]);
});

test("a card that still holds comes back when a shorter one has gone", async () => {
  const { page, program } = await openPage();
  program.send("card", card(1, 4, { cue: "distress", party: "customer", text: "Acknowledge it first." }));
  program.send("card", slower(2, 6));
  await eventually(top(page), ["A little slower."]);
  program.send("clear", { id: 2, at_s: 7 });
  await eventually(texts(page, ".card.over .tag"), ["over"]);
  await page.clock.fastForward(4500);
  program.send("state", state(11));
  await page.clock.fastForward(4500);
  await eventually(top(page), ["Acknowledge it first."]);
});

test("what is told again does not come back when its newer card is done", async () => {
  const { page, program } = await openPage();
  const upset = { cue: "distress", party: "customer" };
  program.send("card", card(1, 4, { ...upset, text: "Acknowledge it first." }));
  program.send("card", card(2, 64, { ...upset, text: "Take it on.", escalation: true }));
  program.send("answer", { alert: 2, answer: "helpful", at_s: 65 });
  await eventually(texts(page, ".answer.given"), ["✓ Helpful"]);
  await page.clock.fastForward(4500);
  program.send("state", state(70));
  await page.clock.fastForward(4500);
  await eventually(top(page), []);
  assert.deepEqual(await older(page)(), ["Interruption: Take it on.", "Interruption: Acknowledge it first."]);
});

test("a page that is opened late shows what still holds, and what is over below it", async () => {
  const cards = [slower(1, 20, { cleared_at_s: 30, answer: "helpful" }), card(2, 81)];
  const { page } = await openPage({ first: hello(83.4, { cards }) });
  await eventually(top(page), ["Let them finish."]);
  assert.deepEqual(await older(page)(), ["Fast speech: A little slower."]);
  assert.deepEqual(await texts(page, ".older .tag")(), ["helpful"]);
});

test("an older card opens to its reason and takes an answer", async () => {
  const { page, program } = await openPage({ first: hello(60, { cards: [slower(1, 20, { cleared_at_s: 30 })] }) });
  await page.locator(".older .row").click();
  await eventually(texts(page, ".older .reason"), ["Fast speech. 5.9 syllables a second, 38 % faster than usual for this voice"]);
  await page.locator(".older button", { hasText: "Wrong" }).click();
  await eventually(() => program.posts.map((post) => post.body), [{ alert: 1, answer: "wrong" }]);
  await eventually(texts(page, ".older .tag"), ["wrong"]);
});

test("praise is a card like any other, drawn calmly", async () => {
  const { page, program } = await openPage();
  program.send("card", card(1, 4, { cue: "recovered", party: "customer", title: "Recovered", text: "It worked.", critical: false }));
  await eventually(texts(page, ".card.recovered .answers button"), ["Helpful", "Not now", "Wrong"]);
  assert.equal(await page.locator(".picture.good").count(), 1);
});

test("an escalation says that it is still so", async () => {
  const { page, program } = await openPage();
  program.send("card", card(1, 4, { escalation: true }));
  await eventually(texts(page, ".card .tag"), ["still so"]);
});

test("nothing moves for who wants no motion", async () => {
  for (const [reducedMotion, moving] of [["no-preference", true], ["reduce", false]]) {
    const { page, program } = await openPage({ reducedMotion });
    program.send("card", card(1, 4));
    await eventually(top(page), ["Let them finish."]);
    assert.equal(await page.locator(".card").evaluate((c) => getComputedStyle(c).animationName !== "none"), moving);
    await readIt(page);
  }
});

test("whatever tells of distress says that it is an estimate, in the words of the report", async () => {
  const header = await readFile(new URL("../../../../../include/tonecue/report/plain_words.h", import.meta.url), "utf8");
  const note = /kDistressNote =\s+"([^"]+)"/.exec(header)[1];
  const { page, program } = await openPage();
  program.send("card", slower(1, 4));
  await eventually(top(page), ["A little slower."]);
  assert.deepEqual(await texts(page, ".distress-note")(), []);
  program.send("card", card(2, 9, { cue: "distress", party: "customer" }));
  await eventually(texts(page, ".distress-note"), [note]);
  program.send("summary", summary());
  await eventually(texts(page, "#summary-title"), ["The call is over"]);
  assert.deepEqual(await texts(page, ".distress-note")(), [note]);
  await page.reload();
  await page.locator(".legend summary").click();
  assert.ok((await texts(page, ".legend p")()).includes(note));
});
