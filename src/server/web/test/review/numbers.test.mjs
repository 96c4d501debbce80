// Figures of many calls: over time, before and after a day, exposure, scores, one's own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, openReview, texts } from "./page.mjs";

const kRefused = { forgiven: /status of \d+|net::ERR_/ };
const trouble = (page) => texts(page, ".trouble span:nth-child(2)");
const lastAsked = (review, path) => new URL(review.asked.findLast(({ address }) => address.startsWith(path)).address, review.address).searchParams;
const card = (page, title) => page.locator("review-measure", { has: page.getByRole("heading", { name: title, exact: true }) });
const cells = (table) => table.locator("tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((one) => one.innerText.replace(/\s+/g, " ").trim())));

test("each measure has its drawing, its unit and the same figures as a table", async () => {
  const { page } = await openReview({ at: "/numbers" });
  const shown = card(page, "Interruptions by agents");
  await shown.getByRole("img", { name: /Interruptions by agents over time/ }).waitFor();
  assert.equal(await shown.locator(".fine").first().innerText(), "per hour of customers' speech · whole time");
  await shown.getByText("As a table").click();
  const rows = await cells(shown.getByRole("table"));
  assert.deepEqual(rows[0], ["Week", "North", "South"]);
  assert.equal(rows.length, 1 + 12 + 1);
  assert.equal(rows[3][1], "too few");
  assert.match(rows[1][1], /^\d+\.\d$/);
  const points = await shown.locator("svg.chart .line-0 .point").count();
  assert.equal(points, 11);  // The week with too few is not drawn.
});

test("teams stand in the order of their names, and those with too few calls are told with what is needed", async () => {
  const { page } = await openReview({ at: "/numbers" });
  await eventually(texts(page, ".sides dt"), ["North", "South"]);
  const [lead] = await texts(page, ".answer .lead")();
  assert.match(lead, /Too few for figures \(at least 5 calls of 3 agents are needed\): without a team\./);
  assert.match(lead, /Where a line is broken the week had too little/);
});

test("the choices stand in the address, go to the server, and come back with the browser's back", async () => {
  const { page, review } = await openReview({ at: "/numbers" });
  await page.locator("review-measure").first().waitFor();
  await page.getByLabel("Lines").selectOption("queue");
  await page.getByLabel("Steps").selectOption("month");
  await page.getByLabel("When").selectOption("26w");
  await eventually(() => new URL(page.url()).search, "?when=26w&step=month&by=queue");
  const asked = lastAsked(review, "/api/numbers?");
  assert.deepEqual([asked.get("step"), asked.get("by"), asked.get("from").slice(8)], ["month", "queue", "01"]);
  await eventually(texts(page, ".sides dt"), ["Billing", "Orders", "Repairs"]);
  await page.goBack();
  await eventually(() => page.getByLabel("When").inputValue(), "12w");
  await page.getByRole("button", { name: "Queue any" }).click();
  await page.getByLabel("Billing").check();
  await eventually(() => lastAsked(review, "/api/numbers?").getAll("queue"), ["Billing"]);
});

test("the last twelve weeks begin on a Monday and end with today", async () => {
  const { page, review } = await openReview({ at: "/numbers" });
  await page.locator("review-measure").first().waitFor();
  const asked = lastAsked(review, "/api/numbers?");
  const [from, to] = [new Date(`${asked.get("from")}T00:00Z`), new Date(`${asked.get("to")}T00:00Z`)];
  assert.equal(from.getUTCDay(), 1);
  const weeks = (to - from) / (7 * 86_400_000);
  assert.ok(weeks > 11 && weeks <= 12, `${weeks}`);
});

test("both days of a range are in it, and what makes no sense in an address counts as not said", async () => {
  const { page, review } = await openReview({ at: "/numbers?when=range&from=2026-03-02&to=2026-03-08&step=day" });
  await page.locator("review-measure").first().waitFor();
  const asked = lastAsked(review, "/api/numbers?");
  assert.deepEqual([asked.get("from"), asked.get("to"), asked.get("step")], ["2026-03-02", "2026-03-09", "day"]);
  await page.goto(`${review.address}/numbers?when=range&from=never&step=hour&by=agent&view=ranking`);
  await page.locator("review-measure").first().waitFor();
  const again = lastAsked(review, "/api/numbers?");
  assert.deepEqual([again.get("step"), again.get("by")], ["week", "team"]);
});

test("the step under the pointer is told in words", async () => {
  const { page } = await openReview({ at: "/numbers?when=range&from=2026-03-02&to=2026-03-29" });
  const shown = card(page, "Long silences");
  await shown.locator("svg.chart").hover({ position: { x: 80, y: 60 } });
  await eventually(() => shown.locator(".fine").first().innerText(), "of the calls' length, silences over 3 s · Mar 2 – Mar 8");
  await page.mouse.move(0, 0);
  await eventually(() => shown.locator(".fine").first().innerText(), "of the calls' length, silences over 3 s · whole time");
});

test("all tables open at once", async () => {
  const { page } = await openReview({ at: "/numbers" });
  await page.locator("review-measure").first().waitFor();
  assert.equal(await page.locator("details[open]").count(), 0);
  await page.getByLabel("Show all tables").check();
  await eventually(() => page.locator("details[open]").count(), await page.locator("review-measure").count());
});

test("where nothing has enough calls, the page says how many are needed", async () => {
  const { page } = await openReview({
    at: "/numbers",
    set: (review) => review.route("GET", /^\/api\/numbers$/, "supervisor", () => ({
      json: { from: "2026-03-02", to: "2026-03-09", zone: "CET", step: "week", by: "team", least: { calls: 5, agents: 3 },
        groups: [{ name: "North", all: { too_few: true }, steps: [{ from: "2026-03-02", to: "2026-03-09", too_few: true }] }] },
    })),
  });
  await eventually(texts(page, ".empty p"), ["At least 5 calls of 3 agents are needed, so that no figure is about one person. Choose a longer time, or fewer filters."]);
});

test("before and after waits for a day, and then tells each measure with its interval and its sentence", async () => {
  const { page, review } = await openReview({ at: "/numbers?view=change" });
  await page.getByRole("heading", { name: "Did it help?" }).waitFor();
  assert.ok(!review.asked.some(({ address }) => address.startsWith("/api/numbers/change")));
  await page.getByLabel("The day").fill("2026-10-01");
  await eventually(async () => (await cells(page.locator(".changes")))[1], ["Interruptions by agents", "12.1", "9.0", "−3.1", "−5.2 to −1.0",
    "Fewer interruptions by agents: 12.1 an hour before, 9.0 after; the true change lies between −5.2 and −1.0 with 95 % confidence."]);
  const bars = page.locator(".interval");
  assert.deepEqual(await bars.evaluateAll((all) => all.map((bar) => bar.classList.contains("sure"))), [true, false, false, true]);
  assert.equal((await cells(page.locator(".changes"))).at(-1)[4], "not known");
  assert.equal(new URL(page.url()).search, "?view=change&on=2026-10-01");
});

test("an interval that crosses zero is drawn over the line of no change, one that leaves it out is not", async () => {
  const { page } = await openReview({ at: "/numbers?view=change&on=2026-10-01" });
  await page.locator(".changes").waitFor();
  const crosses = await page.locator(".interval").evaluateAll((all) => all.map((one) => {
    const bar = one.querySelector(".bar").getBoundingClientRect(), zero = one.querySelector(".zero").getBoundingClientRect();
    return bar.left < zero.left && bar.right > zero.right;
  }));
  assert.deepEqual(crosses, [false, true, true, false]);
});

test("with a team chosen, the change is told beyond that of the others", async () => {
  const { page } = await openReview({ at: "/numbers?view=change&on=2026-10-01&team=North" });
  await eventually(() => page.locator(".beyond").count(), 4);
  assert.match((await texts(page, ".sides")())[0], /Others in the same time 820 calls of 31 agents before/);
});

test("too few calls to compare is told with the number that is needed", async () => {
  const { page } = await openReview({
    at: "/numbers?view=change&on=2026-10-01",
    set: (review) => review.route("GET", /^\/api\/numbers\/change$/, "supervisor", () => ({
      json: { on: "2026-10-01", days: 28, zone: "CET", least: { calls: 5, agents: 3 }, too_few: true, before: { from: "2026-09-03", to: "2026-10-01" },
        after: { from: "2026-10-01", to: "2026-10-29" }, others: null, measures: [], note: "" },
    })),
  });
  await eventually(async () => /at least 5 calls of 3 agents are needed/.test((await texts(page, ".empty p")())[0]), true);
});

test("breaks are planned by hours and shifts in which nobody is named", async () => {
  const { page, review } = await openReview({ at: "/numbers?view=exposure&when=4w" });
  await eventually(async () => /between 16:00 and 17:00 bring the most: 6.4 min/.test((await texts(page, ".notice")())[0] ?? ""), true);
  await page.getByText("As a table").click();
  const rows = await cells(page.getByRole("region", { name: "By the hour of the day, table" }));
  assert.equal(rows.length, 25);
  assert.deepEqual(rows[1], ["0:00", "too few", "–", "–", "–"]);
  assert.deepEqual(await cells(page.getByRole("region", { name: "Minutes with distressed callers in a shift" })), [
    ["Team", "Middle shift", "Long shift", "Shifts", "Agents"], ["North", "2.4 min", "11.8 min", "240", "14"], ["South", "too few", "too few", "–", "–"],
    ["All together", "2.4 min", "11.8 min", "240", "14"],
  ]);
  const main = await page.locator("main").innerText();
  for (const { call } of review.calls) assert.ok(!main.includes(call.agent));
  const days = await cells(page.getByRole("region", { name: "Each day" }));
  assert.ok(days.length > 20 && days.flat().every((cell) => cell !== "too few"));
  assert.match(main, /\d+ days of a team are left out: at least 5 calls of 3 agents are needed\./);
});

const kCsv = (text) => ({ name: "scores.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

test("scores come in from a file, and what they go with is told in words", async () => {
  const { page, review } = await openReview({ at: "/numbers?view=scores" });
  await page.getByLabel("Bring in scores").setInputFiles(kCsv("source,kind,value\na.wav,CSAT,4\nb.wav,CSAT,5\n"));
  await eventually(texts(page, ".fits"), ["✓ 2 scores taken: 2 new, 0 replaced."]);
  assert.equal(review.asked.filter(({ method, address }) => method === "POST" && address === "/api/scores").length, 1);
  await page.getByLabel("Score", { exact: true }).selectOption("CSAT");
  await eventually(async () => (await texts(page, ".answer .words")()), [
    "Where it is higher, scores are lower: a little.", "Nothing that these calls could show.", "Too few calls to say.",
  ]);
  await page.getByLabel("Score", { exact: true }).selectOption("QA");
  await eventually(texts(page, ".empty p"), ["At least 30 calls of 3 agents are needed; 12 calls have this score."]);
});

test("of a file with mistakes the good lines are in, the bad ones are told, and the mended one may follow", async () => {
  const { page } = await openReview({ at: "/numbers?view=scores", ...kRefused });
  const bring = (text) => page.getByLabel("Bring in scores").setInputFiles(kCsv(text));
  await bring(`source,kind,value\na.wav,CSAT,5\nnone.wav,CSAT,1\n${"b.wav,CSAT,four\n".repeat(12)}`);
  await eventually(texts(page, ".fits"), ["✓ 1 score taken: 1 new, 0 replaced."]);
  const told = await texts(page, ".import [role=status] > p:not(.fits)")();
  assert.deepEqual(told, [
    "1 score found no call of yours (line 3): a call of that name or number is not there, or not yours to see.",
    "12 lines could not be used; the first are:",
  ]);
  const problems = await texts(page, ".problems li")();
  assert.equal(problems.length, 10);
  assert.equal(problems[0], "line 4: the value is no number");
  await bring("source,kind,value\nb.wav,CSAT,\n");
  await eventually(texts(page, ".import [role=status] > p"), ["No score was taken.", "1 line could not be used:"]);
  await bring("kind,value\nCSAT,4\n");
  await eventually(trouble(page), ["The first line must be source,kind,value."]);
  assert.deepEqual(await texts(page, ".problems li")(), []);
  await bring("source,kind,value\na.wav,CSAT,4\n");
  await eventually(texts(page, ".fits"), ["✓ 1 score taken: 1 new, 0 replaced."]);
  assert.deepEqual(await trouble(page)(), []);
});

test("an agent sees their own weeks and nothing of others", async () => {
  const { page, review } = await openReview({ as: "dana", at: "/numbers?view=time&team=South" });
  await eventually(texts(page, ".own h3"), ["Went well", "To try", "A hard one"]);
  assert.deepEqual(await texts(page, ".own p:not(.fine)")(), [
    "You let people finish more than usual.", "Say what you are doing while the customer waits.",
    "You spent 14.2 min with distressed callers, more than usual. That is tiring: take a minute after a hard call if you can.",
  ]);
  assert.equal(await page.getByRole("navigation", { name: "Kinds of numbers" }).count(), 0);
  const asked = review.asked.filter(({ address }) => address.startsWith("/api/numbers")).map(({ address }) => address.split("?")[0]);
  assert.deepEqual([...new Set(asked)], ["/api/numbers/mine"]);
});

for (const [week, calls, factor, told] of [["a week like the others", 31, 1.1, ["Nothing stands out against your weeks before.", "Go on as you do."]],
  ["a week of few calls, however they went,", 6, 3, []]]) {
  test(`${week} is no reason to say what to try`, async () => {
    const own = (changes) => ({
      calls, hours: 3, customer_speech_h: 1, interruptions_per_h: 10, interruptions_by_customer_per_h: 7, distress_min: 2, distress_min_per_h: 3,
      distress_share: 0.2, recovered_share: null, time_to_calm_s: null, silence_share: 0.05, overtalk_share: 0.04, agent_talk_share: 0.4, alerts_per_h: 5,
      answers: { helpful: 1, not_now: 0, wrong: 0, none: 2 }, ...changes,
    });
    const span = { from: "2026-03-02", to: "2026-03-09" };
    const latest = own({ interruptions_per_h: 10 * factor, silence_share: 0.05 * factor });
    const { page } = await openReview({
      as: "dana", at: "/numbers",
      set: (review) => review.route("GET", /^\/api\/numbers\/mine$/, "agent", () => ({
        json: { ...span, zone: "CET", least: { calls: 5 }, weeks: [{ ...span, too_few: false, ...latest }], latest: { ...span, ...latest }, usual: own({ calls: 90 }) },
      })),
    });
    await page.locator("#own-title").waitFor();
    assert.deepEqual(await texts(page, ".own p")(), told);
    assert.equal(/From 10 calls on it is told in words what moved/.test(await page.locator("main").innerText()), calls < 10);
  });
}

test("an agent with too few calls is told what a week needs", async () => {
  const { page } = await openReview({
    as: "dana", at: "/numbers",
    set: (review) => review.route("GET", /^\/api\/numbers\/mine$/, "agent", () => ({
      json: { from: "2026-03-02", to: "2026-03-09", zone: "CET", least: { calls: 5 }, weeks: [{ from: "2026-03-02", to: "2026-03-09", too_few: true }], latest: null, usual: null },
    })),
  });
  await eventually(texts(page, ".empty p"), ["A week needs at least 5 calls to be told of."]);
});

test("who signs in without a name in calls is told how to get one", async () => {
  const { page, review } = await openReview({ as: "dana", at: "/numbers", set: (fake) => { fake.people[2].agent = ""; } });
  await page.getByRole("heading", { name: "No calls of your own" }).waitFor();
  assert.ok(!review.asked.some(({ address }) => address.startsWith("/api/numbers")));
});

test("the keys 1 to 4 change the view, and one who takes calls has a fifth", async () => {
  const { page } = await openReview({ at: "/numbers", set: (review) => { review.people[1].agent = "Sam Supervisor"; } });
  await page.locator("review-measure").first().waitFor();
  for (const [key, view] of [["2", "change"], ["3", "exposure"], ["4", "scores"], ["5", "mine"], ["1", null]]) {
    await page.keyboard.press(key);
    await eventually(() => new URL(page.url()).searchParams.get("view"), view);
  }
  await page.keyboard.press("?");
  await page.getByRole("dialog").getByText("Planning breaks").waitFor();
});

test("what the server refuses is told in its words, and can be tried again", async () => {
  const { page, review } = await openReview({
    at: "/numbers", ...kRefused, set: (fake) => { fake.refuse = (_, path) => (path === "/api/numbers" ? { status: 503, error: "" } : null); },
  });
  await eventually(trouble(page), ["tonecue is too busy to answer."]);
  review.refuse = null;
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator("review-measure").first().waitFor();
  assert.deepEqual(await trouble(page)(), []);
});

test("leaving the page asks for nothing more", async () => {
  const { page, review } = await openReview({ at: "/numbers?view=exposure" });
  await page.locator(".notice").waitFor();
  const before = review.asked.filter(({ address }) => address.startsWith("/api/numbers")).length;
  await page.getByRole("link", { name: "Agreement" }).click();
  await page.locator("review-agreed .answer").waitFor();
  assert.equal(review.asked.filter(({ address }) => address.startsWith("/api/numbers")).length, before);
});
