// Which calls, which moments, what happened: the list and its keys.
import assert from "node:assert/strict";
import { test } from "node:test";
import { madeCall } from "./fake_calls.mjs";
import { eventually, openReview, texts } from "./page.mjs";

const kRefused = { forgiven: /status of \d+|net::ERR_/ };
const kHourMs = 3_600_000;
const rows = (page) => texts(page, ".row .whose p:first-child");
const line = (page) => texts(page, ".summary-line");
const standsOn = (page) => page.evaluate(() => Number(document.activeElement?.closest(".row")?.dataset.call ?? 0));
const search = (page) => () => new URL(page.url()).search;
const listed = (review) => review.asked.filter(({ address }) => address.startsWith("/api/calls?") && !address.includes("limit=1&") && !address.endsWith("limit=1"));
const ago = (hours) => new Date(Date.now() - hours * kHourMs);
const kCutOff = [["interruption", "agent"], ["interruption", "agent"]];
const kUpset = [["distress", "customer"]];

// Three calls, the newest first; all within the last minute so that they are of today at any time of day.
const someCalls = (changes = [{}, {}, {}]) => changes.map((change, i) =>
  madeCall(i + 1, new Date(Date.now() - 1000 * (i + 1)), { plot: i === 1 ? kUpset : kCutOff, ...change }));

test("the first look is today's flagged calls, what needs a person first, and how many are left", async () => {
  const { page, review } = await openReview({ calls: [...someCalls(), madeCall(9, ago(0), { plot: [] }), madeCall(10, ago(30), { plot: kUpset })] });
  await eventually(rows(page), ["Rosa Lindqvist", "Iven Okafor", "Tom Baker"]);
  assert.deepEqual(await line(page)(), ["3 flagged calls today: 3 left to review."]);
  const [first] = listed(review);
  const asked = new URL(first.address, review.address).searchParams;
  assert.equal(asked.get("flagged"), "yes");
  assert.equal(asked.get("order"), "need");
  assert.equal(new Date(asked.get("from")).getTime(), new Date().setHours(0, 0, 0, 0));
});

test("a row tells who, what with words, counts and how sure, why, and how it ended", async () => {
  const calls = [madeCall(1, ago(0), {
    plot: [...kCutOff, ...kUpset], duration_s: 312, agent: "Dana Kim", team: "North", queue: "Billing", peak_distress: 0.87, notes: 2,
    confidence: { agent: { interruption: 0.9 }, customer: { distress: 0.83 } },
  })];
  const { page } = await openReview({ calls });
  const part = (name) => texts(page, `.row .${name}`);
  await eventually(part("whose"), ["Dana Kim North · Billing"]);
  assert.deepEqual(await texts(page, ".row .cues")(), ["Agent I Interruption × 2 confidence up to 0.90 Customer D Signs of distress confidence 0.83"]);
  assert.deepEqual(await texts(page, ".row .because")(), ["Signs of distress that did not calm; the customer was cut off 2 times"]);
  assert.deepEqual(await part("ended")(), ["! Did not calm Distress estimate up to 87 %, 35 s in all"]);
  assert.match((await part("done-mark")())[0], /^Mark reviewed.* 2 notes$/);
  assert.match((await part("when")())[0], /5:12/);
});

test("of a call that still runs it does not say how it ends", async () => {
  const { page } = await openReview({ calls: [madeCall(1, ago(0), { plot: kUpset, state: "open", duration_s: 312 })] });
  await eventually(texts(page, ".row .tag"), ["still running"]);
  assert.match((await texts(page, ".row .when")())[0], /5:12 minutes so far/);
  assert.match((await texts(page, ".row .ended")())[0], /^! Not calm so far/);
});

test("times are told in the browser's zone, with the date when it is not today", async () => {
  const noon = new Date();
  noon.setUTCHours(12, 0, 0, 0);
  const { page } = await openReview({
    at: "/?when=30d&order=newest", timezoneId: "Asia/Tokyo", locale: "en-GB",
    calls: [madeCall(1, new Date(noon.getTime() - 72 * kHourMs), { plot: kUpset })],
  });
  const day = new Date(noon.getTime() - 72 * kHourMs).toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "Asia/Tokyo" });
  await eventually(texts(page, ".row time"), [`${day}, 21:00`]);
});

test("on a quiet day the page says so and offers the last seven", async () => {
  const { page } = await openReview({ calls: [madeCall(1, ago(48), { plot: kUpset })] });
  await eventually(texts(page, ".empty h2"), ["Nothing is flagged today so far."]);
  await page.getByRole("link", { name: "show the last 7 days" }).click();
  await eventually(line(page), ["1 flagged call in the last 7 days: 1 left to review."]);
  assert.equal(search(page)(), "?when=7d");
});

test("what is withheld for the agent's sake is told kindly", async () => {
  const { page } = await openReview({ calls: someCalls([{ conduct_from: new Date(Date.now() + kHourMs).toISOString() }]) });
  await eventually(async () => /^What concerns the agent is shown from .* on: the agent sees it first\.$/.test((await texts(page, ".withheld")())[0] ?? ""), true);
});

test("j and k walk, Enter opens, and coming back finds the place", async () => {
  const { page } = await openReview({ at: "/?when=30d" });
  await page.locator(".row").first().waitFor();
  const ids = await page.locator(".row").evaluateAll((all) => all.map((row) => Number(row.dataset.call)));
  for (let i = 0; i < 13; ++i) {
    await page.keyboard.press("j");
    await eventually(() => standsOn(page), ids[i]);
  }
  await page.keyboard.press("k");
  await eventually(() => standsOn(page), ids[11]);
  const before = await page.evaluate(() => window.scrollY);
  assert.ok(before > 0);
  await page.keyboard.press("Enter");
  await eventually(() => new URL(page.url()).pathname + new URL(page.url()).search, `/calls/${ids[11]}?when=30d`);
  await page.goBack();
  await eventually(() => standsOn(page), ids[11]);
  assert.equal(await page.evaluate(() => window.scrollY), before);
});

test("walking over the end brings the next page, to the last call", async () => {
  const { page } = await openReview({ at: "/?when=all&flagged=any", set: (review) => { review.page_size = 20; } });
  await page.locator(".row").first().waitFor();
  for (let i = 0; i < 60; ++i) {
    const before = await standsOn(page);
    await page.keyboard.press("j");
    await eventually(async () => (await standsOn(page)) !== before, true);
  }
  assert.equal(await page.locator(".row").count(), 60);
  assert.equal(await page.locator(".more").count(), 0);
  assert.equal(await page.evaluate(() => Number(document.activeElement.closest(".row").dataset.call)),
    await page.locator(".row").last().evaluate((row) => Number(row.dataset.call)));
});

test("more is shown by the button, too, and the first new row has the focus", async () => {
  const { page } = await openReview({ at: "/?when=all&flagged=any", set: (review) => { review.page_size = 20; } });
  await page.getByRole("button", { name: "Show more (20 of 60 shown)" }).click();
  await eventually(() => page.locator(".row").count(), 40);
  await eventually(async () => (await standsOn(page)) === (await page.locator(".row").nth(20).evaluate((row) => Number(row.dataset.call))), true);
});

test("Space marks a call as reviewed and takes it back, and the rest is counted down", async () => {
  const { page, review } = await openReview({ calls: someCalls() });
  await page.locator(".row").first().waitFor();
  await page.keyboard.press("j");
  await eventually(() => standsOn(page), 2);
  await page.keyboard.press("Space");
  await eventually(line(page), ["3 flagged calls today: 2 left to review."]);
  assert.equal(review.call(2).call.reviewed, true);
  await eventually(texts(page, "[role=status].unseen"), ["Reviewed. 2 left to review."]);
  assert.equal(await standsOn(page), 2);
  await page.keyboard.press("Space");
  await eventually(line(page), ["3 flagged calls today: 3 left to review."]);
  await eventually(() => review.call(2).call.reviewed, false);
});

test("among calls that are not reviewed the rest is counted down, too, and the row stays", async () => {
  const { page } = await openReview({ at: "/?reviewed=no", calls: someCalls() });
  await eventually(line(page), ["3 flagged calls today: 3 left to review."]);
  await page.getByRole("button", { name: "Mark reviewed" }).first().click();
  await eventually(line(page), ["3 flagged calls today: 2 left to review."]);
  assert.equal(await page.locator(".row").count(), 3);
});

test("to ask for the same list again brings what is new, and keeps the place", async () => {
  const { page, review } = await openReview({ calls: someCalls() });
  await page.locator(".row").first().waitFor();
  await page.keyboard.press("j");
  await eventually(() => standsOn(page), 2);
  review.calls.push(madeCall(9, new Date(), { plot: [...kUpset, ...kCutOff] }));
  await page.keyboard.press("0");
  await eventually(line(page), ["4 flagged calls today: 4 left to review."]);
  assert.equal(await standsOn(page), 2);
  review.calls.push(madeCall(10, new Date(), { plot: kCutOff }));
  await page.getByRole("link", { name: "Calls", exact: true }).click();
  await eventually(line(page), ["5 flagged calls today: 5 left to review."]);
});

test("a page that was left open overnight shows the new day", async () => {
  const { page, review } = await openReview({ calls: someCalls() });
  await eventually(line(page), ["3 flagged calls today: 3 left to review."]);
  await page.clock.install({ time: Date.now() + 24 * kHourMs });
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await eventually(texts(page, ".empty h2"), ["Nothing is flagged today so far."]);
  const from = new URL(listed(review).at(-1).address, review.address).searchParams.get("from");
  assert.equal(new Date(from).getTime(), new Date(Date.now() + 24 * kHourMs).setHours(0, 0, 0, 0));
});

test("a key that is held down walks on", async () => {
  const { page } = await openReview({ calls: someCalls() });
  await page.locator(".row").first().waitFor();
  await page.keyboard.down("j");
  await page.keyboard.down("j");
  await page.keyboard.down("j");
  await page.keyboard.up("j");
  await eventually(() => standsOn(page), 3);
});

test("when all are reviewed, the page says so", async () => {
  const { page } = await openReview({ calls: someCalls([{}, { reviewed: true }]) });
  await eventually(line(page), ["2 flagged calls today: 1 left to review."]);
  await page.getByRole("button", { name: "Mark reviewed" }).click();
  await eventually(line(page), ["2 flagged calls today: all are reviewed."]);
});

test("a mark that the server refuses is taken back and told", async () => {
  const refuse = (method) => (method === "PUT" ? { status: 503, error: "the store is busy" } : null);
  const { page } = await openReview({ calls: someCalls(), set: (review) => { review.refuse = refuse; }, ...kRefused });
  await page.getByRole("button", { name: "Mark reviewed" }).first().click();
  await eventually(texts(page, ".trouble span:nth-child(2)"), ["The store is busy."]);
  assert.deepEqual(await line(page)(), ["3 flagged calls today: 3 left to review."]);
});

test("filters stand in the address: they are shared by it, and back takes one back", async () => {
  const { page, review } = await openReview({ at: "/?when=7d" });
  await page.locator(".row").first().waitFor();
  await page.getByRole("button", { name: "Team any" }).click();
  await page.getByRole("checkbox", { name: "North" }).check();
  await page.getByRole("checkbox", { name: "South" }).check();
  await page.getByRole("button", { name: "What happened any" }).click();
  await page.getByRole("checkbox", { name: "Interruption" }).check();
  await page.getByLabel("Confidence").selectOption("60");
  await page.getByLabel("Calmed again").selectOption("no");
  await page.getByLabel("Reviewed", { exact: true }).selectOption("no");
  await page.getByLabel("Order").selectOption("oldest");
  await eventually(search(page), "?when=7d&team=North&team=South&kind=interruption&least=60&reviewed=no&recovered=no&order=oldest");
  await eventually(() => {
    const asked = new URL(listed(review).at(-1).address, review.address).searchParams;
    return [asked.getAll("team"), asked.get("kind"), asked.get("least_confidence"), asked.get("recovered"), asked.get("order")];
  }, [["North", "South"], "interruption", "0.6", "no", "oldest"]);
  const shown = await rows(page)();
  const address = page.url();
  await page.goBack();
  await eventually(search(page), "?when=7d&team=North&team=South&kind=interruption&least=60&reviewed=no&recovered=no");
  await page.goto(address);
  await eventually(rows(page), shown);
  assert.equal(await page.getByLabel("Order").inputValue(), "oldest");
  await page.getByRole("button", { name: "Clear all filters" }).click();
  await eventually(search(page), "");
});

test("days from and to are both in the range", async () => {
  const { page, review } = await openReview({ at: "/?when=range&from=2026-03-28&to=2026-03-30", timezoneId: "Europe/Berlin" });
  await eventually(() => page.getByLabel("From", { exact: true }).inputValue(), "2026-03-28");
  const asked = new URL(listed(review)[0].address, review.address).searchParams;
  assert.deepEqual([asked.get("from"), asked.get("to")], ["2026-03-27T23:00:00.000Z", "2026-03-30T22:00:00.000Z"]);
});

test("an address that makes no sense counts as not said", async () => {
  const { page, review } = await openReview({ at: "/?when=tomorrow&kind=anger&least=7&order=best&reviewed=maybe&from=x" });
  await page.locator(".row").first().waitFor();
  const asked = new URL(listed(review)[0].address, review.address).searchParams;
  assert.deepEqual([...asked.keys()].sort(), ["flagged", "from", "limit", "order", "to"]);
});

test("slash goes to the search in notes, letters there are no shortcuts, and Escape leaves an open choice", async () => {
  const { page } = await openReview({ at: "/?when=7d", set: (review) => { review.call(1).notes.push({ id: 1, text: "jolly good" }); review.call(1).call.notes = 1; } });
  await page.locator(".row").first().waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("jolly");
  await eventually(() => page.locator(".row").count(), 1);
  assert.equal(search(page)(), "?when=7d&text=jolly");
  assert.equal(await page.evaluate(() => document.activeElement.id), "text");
  for (const key of ["Escape", "Enter"]) {
    await page.keyboard.press("/");
    await page.keyboard.press(key);
    await page.keyboard.press("j");
    assert.match(await page.evaluate(() => document.activeElement.closest(".row")?.textContent ?? ""), /1 note/);
  }
  assert.equal(search(page)(), "?when=7d&text=jolly");
  await page.getByRole("button", { name: "Team any" }).click();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".popup").count(), 0);
  await eventually(() => page.evaluate(() => document.activeElement.className), "field ");
});

test("a view is saved under a name, opens by its number, and is removed", async () => {
  const { page, review } = await openReview({ at: "/?when=30d&team=South" });
  await page.locator(".row").first().waitFor();
  await page.getByRole("button", { name: "Save as view" }).click();
  await page.keyboard.type("South, a month");
  await page.keyboard.press("Enter");
  await eventually(texts(page, ".views .saved"), ["1 South, a month ×"]);
  assert.deepEqual(review.views, [{ id: 1, name: "South, a month", query: "when=30d&team=South" }]);
  await page.keyboard.press("0");
  await eventually(search(page), "");
  await page.keyboard.press("1");
  await eventually(search(page), "?when=30d&team=South");
  assert.equal(await page.locator(".views a[aria-current]").innerText(), "1 South, a month");
  await page.keyboard.press("?");
  assert.ok((await texts(page, "dialog[open] .shortcuts > div")()).includes("1 South, a month"));
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Remove the view South, a month" }).click();
  await eventually(() => page.locator(".views .saved").count(), 0);
  await page.keyboard.press("1");
  await eventually(search(page), "?when=7d");
});

test("what another page changes in a call is seen in the list", async () => {
  const { page } = await openReview({ calls: someCalls() });
  await page.locator(".row").first().waitFor();
  await page.evaluate(() => window.dispatchEvent(new CustomEvent("review-call-changed", { detail: { id: 2, reviewed: true, notes: 1 } })));
  await eventually(line(page), ["3 flagged calls today: 2 left to review."]);
  assert.match((await texts(page, '[data-call="2"] .done-mark')())[0], /^✓ Reviewed.*1 note$/);
  await page.evaluate(() => window.dispatchEvent(new CustomEvent("review-call-changed", { detail: { id: 1, removed: true } })));
  await eventually(line(page), ["2 flagged calls today: 1 left to review."]);
});

test("an agent sees their own calls and marks nothing", async () => {
  const { page } = await openReview({ as: "dana", at: "/?when=30d" });
  await eventually(texts(page, "h1"), ["Your calls"]);
  await page.locator(".row").first().waitFor();
  assert.deepEqual([...new Set(await rows(page)())], ["Dana Kim"]);
  assert.equal(await page.getByRole("button", { name: "Mark reviewed" }).count(), 0);
  await page.keyboard.press("j");
  await page.keyboard.press("Space");
  assert.doesNotMatch((await line(page)())[0], /review/);
});

for (const [status, told, shown] of [
  [403, "your role does not allow this", "Your role does not allow this."],
  [404, "", "This is not there, or not yours to see."],
  [503, "the store is busy", "The store is busy; try again in 5 s."],
]) {
  test(`an answer of ${status} is told in one sentence, and can be tried again`, async () => {
    let away = true;
    const refuse = (_, path) => (away && path === "/api/calls" ? { status, error: told, headers: status === 503 ? { "Retry-After": "5" } : {} } : null);
    const { page } = await openReview({ set: (review) => { review.refuse = refuse; }, ...kRefused });
    await eventually(texts(page, ".trouble span:nth-child(2)"), [shown]);
    away = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".row").first().waitFor();
    assert.equal(await page.locator(".trouble").count(), 0);
  });
}

test("a network that goes away is told, and what was shown comes back", async () => {
  const { page, review } = await openReview(kRefused);
  await page.locator(".row").first().waitFor();
  review.refuse = () => "hang up";
  await page.keyboard.press("1");
  await eventually(texts(page, ".trouble span:nth-child(2)"), ["tonecue does not answer: is it running, and is the network there?"]);
  review.refuse = null;
  await page.getByRole("button", { name: "Try again" }).click();
  await eventually(() => page.locator(".trouble").count(), 0);
});

test("a session that ended in the list asks to sign in, and the list is there again", async () => {
  const { page, review } = await openReview({ at: "/?when=7d", ...kRefused });
  await page.locator(".row").first().waitFor();
  review.sessions.clear();
  await page.getByLabel("Order").selectOption("newest");
  await eventually(texts(page, "main h1:not([hidden] h1)"), ["Sign in again"]);
  assert.equal(await page.getByLabel("Login").inputValue(), "sam");
  await page.getByLabel("Password").fill("a plain horse battery");
  await page.keyboard.press("Enter");
  await page.locator(".row").first().waitFor();
  assert.equal(search(page)(), "?when=7d&order=newest");
});
