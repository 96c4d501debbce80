// The page in every state that an agent meets: axe finds nothing, and nothing hangs over the edge.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { card, hello, state, summary, voice } from "./fake_program.mjs";
import { openPage } from "./page.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const kCards = [
  card(1, 20, { cue: "fast_speech", text: "A little slower.", critical: false, cleared_at_s: 30, answer: "helpful" }),
  card(2, 50, { cleared_at_s: 60 }),
  card(3, 81, {
    cue: "distress", party: "customer", title: "Signs of distress",
    text: 'Acknowledge it first: "I understand how frustrating this is."',
  }),
];
const kUnknown = { usual_known: false, level_db: null, f0_st: null, rate_ratio: null };
const kScenes = {
  "an empty start": hello(1, { state: state(1, { quiet_start: true, agent: voice(kUnknown), customer: voice(kUnknown) }) }),
  "three cards": hello(83, { cards: kCards }),
  "a card that is over": hello(83, { cards: [card(4, 80, { cleared_at_s: 82, answer: "wrong" })] }),
  "a snooze": hello(83, { cards: kCards.slice(0, 2), state: state(83, { snoozed_until_s: 203 }) }),
  "a lost microphone": hello(83, { notices: [
    { kind: "lost", party: "agent", at_s: 12, text: "The microphone gives no sound since 0:12; tonecue waits for it." },
  ] }),
  "a summary": hello(83, { cards: kCards, summary: summary({ counts: { alerts: 3, helpful: 1, wrong: 0 } }) }),
  "a wait for a call": hello(0, { waiting: true }),
};

async function openEverything(page) {
  for (const folded of await page.locator("summary, .older .row").all()) await folded.click();
  const not_now = page.locator(".answer.not_now:not([aria-disabled])");
  await page.clock.fastForward(700);
  if (await not_now.count()) await not_now.click();
}

for (const [name, first] of Object.entries(kScenes)) {
  for (const [colorScheme, width] of [["light", 360], ["dark", 360], ["light", 1600], ["dark", 800]]) {
    test(`axe finds nothing in ${name}, ${colorScheme}, ${width} px`, async () => {
      const { page } = await openPage({ first, colorScheme, width, reducedMotion: "reduce" });
      await page.locator(".place, .summary").waitFor();
      await openEverything(page);
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`), []);
      assert.ok(passes.some((pass) => pass.id === "color-contrast"));
    });
  }
}

for (const width of [320, 360, 480, 859, 860, 1024, 1600]) {
  test(`nothing hangs over the edge at ${width} px`, async () => {
    const { page } = await openPage({ first: kScenes["three cards"], width });
    await page.locator(".card").waitFor();
    await openEverything(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
  });
}

test("each button is large enough to be hit (WCAG 2.5.8)", async () => {
  const { page } = await openPage({ first: kScenes["three cards"] });
  await page.locator(".card").waitFor();
  await openEverything(page);
  const small = await page.locator("button, summary").evaluateAll((all) => all
    .map((one) => ({ name: one.textContent, box: one.getBoundingClientRect() }))
    .filter(({ box }) => box.width < 24 || box.height < 24).map(({ name }) => name));
  assert.deepEqual(small, []);
});

test("the line of a card can be read from two metres", async () => {
  // 20/20 sight needs 5 minutes of arc, print is comfortable from twice that: capitals of 5.8 mm at
  // 2 m, which are 22 px of 1/96 inch, in a font whose capitals are 0.7 of its size.
  for (const width of [360, 800, 1600]) {
    const { page } = await openPage({ first: kScenes["a card that is over"], width });
    await page.locator(".card").waitFor();
    const size_px = await page.locator(".card .text").evaluate((text) => parseFloat(getComputedStyle(text).fontSize));
    assert.ok(0.7 * size_px >= 22, `${size_px} px at a width of ${width} px`);
  }
});
