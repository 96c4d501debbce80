// The page of a call in what states it has: axe finds nothing, and nothing hangs over the edge.
import assert from "node:assert/strict";
import { test } from "node:test";
import { complaintsOfAxe } from "./axe.mjs";
import { aCall, callOf, longCall, openCall } from "./call_page.mjs";

const judged = () => {
  const call = aCall({ reviewed: true });
  call.cues[0].verdicts = [
    { person: "Sam Supervisor", verdict: "right", at: "2026-11-20T10:00:00Z", mine: true },
    { person: "Rob", verdict: "wrong", at: "2026-11-20T10:00:00Z", mine: false },
  ];
  call.notes.push({ id: 1, at_s: 30, text: "Well\ndone", person: "Sam Supervisor", written_at: "2026-11-20T10:00:00Z", mine: true });
  return call;
};
const kScenes = {
  "a call": { call: aCall },
  "a chosen moment with a note that is written": { call: judged, keys: ["n", "e"] },
  "a moment of distress": { call: aCall, keys: ["n", "n"] },
  "a call that goes on, withheld and without sound": {
    call: () => aCall({ audio: false, state: "open", conduct_from: "2030-01-01T00:00:00Z" }), keys: ["n"],
  },
  "a recording of one voice without moments": { call: () => Object.assign(callOf("agent"), { cues: [] }) },
  "an hour with 60 moments": { call: () => longCall(60), keys: ["n"] },
};

async function openEverything(page, keys = []) {
  for (const key of keys) await page.keyboard.press(key);
  for (const folded of await page.locator("main summary").all()) await folded.click();
}

for (const [name, { call, keys }] of Object.entries(kScenes)) {
  for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["light", 1920], ["dark", 1920]]) {
    test(`axe finds nothing in ${name}, ${colorScheme}, ${width} px`, async () => {
      const { page } = await openCall({ call: call(), colorScheme, width, height: 900, reducedMotion: "reduce" });
      await openEverything(page, keys);
      assert.deepEqual(await complaintsOfAxe(page), []);
    });
  }
}

for (const width of [360, 640, 861, 1280, 1560, 1920]) {
  test(`nothing hangs over the edge at ${width} px`, async () => {
    const { page } = await openCall({ call: judged(), width });
    await openEverything(page, ["n", "e"]);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
  });
}

test("each button is large enough to be hit (WCAG 2.5.8)", async () => {
  const { page } = await openCall({ call: judged() });
  await openEverything(page, ["n", "e"]);
  const small = await page.locator("main button, main summary, main select").evaluateAll((all) => all
    .map((one) => ({ name: one.textContent, box: one.getBoundingClientRect() }))
    .filter(({ box }) => box.width < 24 || box.height < 24).map(({ name }) => name));
  assert.deepEqual(small, []);
});

test("on paper the moments, the reasons and the notes are there, and no buttons", async () => {
  const { page } = await openCall({ call: judged(), colorScheme: "dark" });
  await page.keyboard.press("n");
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await page.locator("main button:not(.moment, .at):visible, main select:visible").count(), 0);
  for (const part of [".moment", ".explain", ".notes .text", ".voices"]) assert.ok(await page.locator(part).first().isVisible(), part);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
});
