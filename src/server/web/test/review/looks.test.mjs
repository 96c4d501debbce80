// Every page as people meet it: axe finds nothing, nothing hangs over the edge, and whatever stands in a
// field is text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { complaintsOfAxe } from "./axe.mjs";
import { madeCall } from "./fake_calls.mjs";
import { eventually, openReview } from "./page.mjs";

function furnish(review) {
  review.calls[0].call.conduct_from = new Date(Date.now() + 3_600_000).toISOString();
  review.calls[1].call.reviewed = true;
  review.calls[2].call.notes = 3;
  review.views = [{ id: 1, name: "North, this week", query: "when=7d&team=North" }];
  review.requireNotice = true;
  review.tokens = [{
    id: 1, name: "recorder", right: "upload", teams: [], created_at: "2026-01-02T10:00:00.000Z", expires_at: "2026-02-02T10:00:00.000Z", last_used_at: null,
  }];
  review.jobs = [
    { id: 3, name: "third.wav", state: "analysing", progress: 0.4, call: null, error: "" },
    { id: 2, name: "second.wav", state: "failed", progress: 0, call: null, error: "it has one channel only" },
    { id: 1, name: "first.wav", state: "done", progress: 1, call: 3, error: "" },
  ];
}

// As long as the store takes them, without a place to break.
function lengthen(review) {
  const long = "Donaudampfschifffahrtsgesellschaft".repeat(6).slice(0, 200);
  for (const { call } of review.calls) Object.assign(call, { agent: long, team: long, queue: long, need_because: [long] });
  review.views = [{ id: 1, name: long.slice(0, 80), query: `when=7d&team=${long}` }];
  review.jobs = [{ id: 1, name: long, state: "failed", progress: 0, call: null, error: long }];
  Object.assign(review.people[1], { name: long.slice(0, 120), teams: [long], agent: long });
}

const press = (name) => (page) => page.getByRole("button", { name }).first().click();
const kScenes = {
  "the sign-in": { as: null, at: "/" },
  "the first password": { as: "sam", at: "/", set: (review) => review.mustChange.add(2) },
  "the list": { as: "sam", at: "/?when=7d", ready: ".row" },
  "a choice of the list": { as: "sam", at: "/?when=7d&kind=distress", ready: ".row", act: press("What happened") },
  "a list without calls": { as: "sam", at: "/?when=yesterday&team=Nobody", ready: ".empty" },
  "the naming of a view": { as: "sam", at: "/?when=7d", ready: ".row", act: press("Save as view") },
  "the help": { as: "sam", at: "/", ready: ".row", act: press("Keys") },
  "an agent's list": { as: "dana", at: "/?when=7d", ready: ".row" },
  "the figures over time": { as: "sam", at: "/numbers", ready: "svg.chart", act: (page) => page.getByLabel("Show all tables").check() },
  "a comparison before a day is chosen": { as: "sam", at: "/numbers?view=change", ready: ".empty" },
  "before and after": { as: "sam", at: "/numbers?view=change&on=2026-10-01&team=North", ready: ".interval" },
  "the planning of breaks": { as: "sam", at: "/numbers?view=exposure&when=4w", ready: "svg.chart", act: (page) => page.getByText("As a table").click() },
  "the scores": { as: "sam", at: "/numbers?view=scores&kind=CSAT", ready: ".interval" },
  "an agent's own weeks": { as: "dana", at: "/numbers", ready: "svg.chart" },
  "the agreement": { as: "sam", at: "/agreement", ready: ".threshold", act: (page) => page.getByText("As a table").click() },
  "the upload": { as: "sam", at: "/upload", ready: ".jobs" },
  "the people": { as: "ada", at: "/people", ready: "tbody", act: press("New password") },
  "the adding of a person": { as: "ada", at: "/people", ready: "tbody", act: press("Add a person") },
  "the tokens": { as: "ada", at: "/tokens", ready: "tbody", act: press("Revoke") },
  "the audit log": { as: "ada", at: "/audit", ready: "tbody", act: press("Check the chain") },
  "privacy": { as: "ada", at: "/privacy", ready: "tbody" },
  "a list of long names": { as: "sam", at: "/?when=7d", ready: ".row", set: lengthen },
  "figures of long names": { as: "sam", at: "/numbers", ready: "svg.chart", set: lengthen },
  "breaks of long names": { as: "sam", at: "/numbers?view=exposure", ready: "svg.chart", set: lengthen },
  "an upload of long names": { as: "sam", at: "/upload", ready: ".jobs", set: lengthen },
  "people of long names": { as: "ada", at: "/people", ready: "tbody", set: lengthen },
  "a page that is not there": { as: "sam", at: "/people" },
};

async function openScene({ act, ready, set = furnish, ...scene }) {
  const { page } = await openReview({ set, reducedMotion: "reduce", ...scene });
  if (ready) await page.locator(ready).first().waitFor();
  await act?.(page);
  return page;
}

// WCAG 2.5.8.
const tooSmall = (page) => page.locator("button:visible, select:visible, input:visible, nav a:visible").evaluateAll((all) => all
  .filter((one) => !one.closest("label") && !one.classList.contains("unseen"))
  .map((one) => ({ name: one.textContent || one.id, box: one.getBoundingClientRect() }))
  .filter(({ box }) => box.width < 24 || box.height < 24).map((one) => one.name));

for (const [name, scene] of Object.entries(kScenes)) {
  test(`axe finds nothing in ${name}, light and dark, at 1280 px and wide`, async () => {
    const page = await openScene(scene);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 1920]) {
        await page.setViewportSize({ width, height: 800 });
        assert.deepEqual(await complaintsOfAxe(page), [], `${colorScheme}, ${width} px`);
      }
    }
  });

  test(`nothing hangs over the edge of ${name}, from wide over 200 % zoom to a phone, and all can be hit`, async () => {
    const page = await openScene(scene);
    for (const width of [1920, 1280, 960, 640, 320]) {
      await page.setViewportSize({ width, height: 800 });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, `${width} px`);
      assert.deepEqual(await tooSmall(page), [], `${width} px`);
    }
  });
}

const kScript = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';

function poison(review) {
  const evil = madeCall(1, new Date(), {
    agent: kScript, team: kScript, queue: kScript, source: kScript, caller_ref: kScript, need_because: [kScript],
    plot: [["distress", "customer"], ["interruption", "agent"]],
  });
  review.calls = [evil, madeCall(2, new Date(Date.now() - 1000), { agent: "javascript:alert(1)", plot: [["distress", "customer"]] })];
  review.views = [{ id: 1, name: kScript, query: `when=7d&team=${encodeURIComponent(kScript)}` }, { id: 2, name: "out", query: '"onclick="x' }];
  review.jobs = [{ id: 1, name: kScript, state: "failed", progress: 0, call: null, error: kScript }];
  review.people[1].name = review.people[1].agent = kScript;
  review.people[1].teams = [kScript];
  review.tokens = [{ id: 1, name: kScript, right: "read", teams: [kScript], created_at: "2026-01-02T10:00:00.000Z", expires_at: "2036-02-02T10:00:00.000Z", last_used_at: null }];
  review.audit = [];
  review.note(kScript, kScript, kScript, kScript);
}

for (const [as, at] of [
  ["sam", "/"], ["sam", `/?when=7d&team=${encodeURIComponent(kScript)}&text=${encodeURIComponent(kScript)}`], ["sam", "/upload"],
  ["sam", "/numbers"],
  ["ada", "/people"], ["ada", "/tokens"], ["ada", "/audit"], ["ada", "/privacy"],
]) {
  test(`what looks like HTML stays text on ${at.slice(0, 20)}`, async () => {
    const { page } = await openReview({ as, at, set: poison });
    await page.waitForLoadState("networkidle");
    await page.locator("main h1").first().waitFor();
    if (at !== "/privacy" && at.length < 20) await eventually(async () => (await page.locator("main").innerText()).includes(kScript), true);
    assert.equal(await page.locator("img, main script, [onclick], [onerror]").count(), 0);
    assert.equal(await page.evaluate(() => window.hacked), undefined);
  });
}

test("an error of the server that looks like HTML stays text", async () => {
  const refuse = (_, path) => (path === "/api/calls" ? { status: 400, error: kScript } : null);
  const { page } = await openReview({ set: (review) => { review.refuse = refuse; }, forgiven: /status of 400/ });
  await eventually(async () => (await page.locator(".trouble").innerText()).includes("<img"), true);
  assert.equal(await page.locator("img").count(), 0);
});
