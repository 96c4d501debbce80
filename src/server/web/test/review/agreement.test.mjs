// How reviewers agree, how often cues are right, what another threshold would have meant.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { complaintsOfTypeScript } from "../type_check.mjs";
import { FakeReview, kPassword } from "./fake_review.mjs";
import { eventually, openReview, texts } from "./page.mjs";

const outcome = (page) => texts(page, ".outcome li");
const kAdvised = ["126 of 210 alerts kept (40 % fewer)", "29 of 31 right ones kept, 2 lost", "12 of 22 wrong ones dropped"];

test("agreement is told in words first, with kappa and its interval", async () => {
  const { page } = await openReview({ at: "/agreement" });
  await eventually(async () => /^Reviewers mostly hear the same/.test((await texts(page, "review-agreed .big")())[0] ?? ""), true);
  assert.match((await texts(page, ".sides")())[0], /Cohen's kappa 0\.66 0\.51 to 0\.81 with 95 % confidence .* 64 cues in 29 calls, 3 reviewers mean of 3 pairs/);
});

test("each kind of cue has its share of right ones with an interval; unsure ones stand apart", async () => {
  const { page } = await openReview({ at: "/agreement" });
  await eventually(texts(page, "review-agreed tbody tr"), [
    "I Interruption 90 % 81 % to 95 % 64 7 3", "D Signs of distress 59 % 45 % to 71 % 31 22 4", "M Monologue – not known 0 0 1",
  ]);
});

test("the slider begins at the advice, is moved by keys, and says what is kept and lost", async () => {
  const { page } = await openReview({ at: "/agreement" });
  await eventually(outcome(page), kAdvised);
  const slider = page.getByRole("slider");
  assert.equal((await slider.getAttribute("aria-valuetext")).replaceAll("\u00a0", " "), `0.72: ${kAdvised.join("; ")}`);
  await slider.focus();
  await page.keyboard.press("ArrowLeft");
  await eventually(async () => (await texts(page, ".threshold label")())[0], "Threshold 0.70");
  assert.notDeepEqual(await outcome(page)(), kAdvised);
  await page.keyboard.press("Home");
  await eventually(outcome(page), ["210 of 210 alerts kept (0 % fewer)", "31 of 31 right ones kept, 0 lost", "0 of 22 wrong ones dropped"]);
  assert.match(await page.locator("review-thresholds").innerText(), /raise_probability = 0\.60/);
});

test("a kind whose threshold is no setting is told so, and has no slider", async () => {
  const { page } = await openReview({ at: "/agreement" });
  await page.getByLabel("Cue", { exact: true }).selectOption("interruption");
  await eventually(texts(page, "review-thresholds .answer p"), ["No setting of this kind can be held against a cue's confidence: there is no advice."]);
  assert.equal(await page.getByRole("slider").count(), 0);
  assert.equal(new URL(page.url()).search, "?kind=interruption");
});

test("too few verdicts: the server's sentence, and no figures", async () => {
  const { page } = await openReview({
    at: "/agreement",
    set: (review) => {
      review.route("GET", /^\/api\/thresholds$/, "supervisor", () => ({
        json: { kind: "distress", setting: "[distress] raise_probability", least: { verdicts: 20 }, too_few: true, cues: 9, right: 4, wrong: 3, unsure: 0,
          steps: [{ threshold: 0.6, cues_kept: 9, right_kept: 4, wrong_dropped: 0 }], advice: null, sentence: "7 verdicts say right or wrong; from 20 on there is advice" },
      }));
      review.route("GET", /^\/api\/agreement$/, "supervisor", () => ({
        json: { from: "2026-03-02", to: "2026-03-09", zone: "CET", least: { cues: 20 }, too_few: true, cues: 3, calls: 2, reviewers: 2, pairs: 1, mean_of_pairs: false,
          agreed_share: null, kappa: null, low: null, high: null, sentence: "3 cues have two verdicts; from 20 on it can be said how reviewers agree", precision: [] },
      }));
    },
  });
  await eventually(texts(page, "review-thresholds .answer p"), ["7 verdicts say right or wrong; from 20 on there is advice."]);
  assert.match(await page.locator("review-agreed").innerText(), /from 20 on it can be said how reviewers agree\.\s+Ask a colleague[^]*No cue of this time has a verdict yet/);
});

test("verdicts are taken along as a file, of the kind and time that is shown", async () => {
  const { page, review } = await openReview({ at: "/agreement?when=4w" });
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /Verdicts as CSV/ }).click()]);
  assert.equal(download.suggestedFilename(), "verdicts.csv");
  assert.match(await readFile(await download.path(), "utf8"), /^file,raised_at_s,verdict/);
  const asked = new URL(review.asked.find(({ address }) => address.startsWith("/api/verdicts.csv")).address, review.address).searchParams;
  assert.equal(asked.get("kind"), "distress");
  assert.match(asked.get("from"), /^\d{4}-\d{2}-\d{2}$/);
});

test("an agent has no page of agreement", async () => {
  const { page } = await openReview({ as: "dana", at: "/agreement" });
  await page.getByRole("heading", { name: "Not found" }).waitFor();
});

const kSpan = "from=2026-08-31&to=2026-11-23";
const kAnswers = [
  [`/api/numbers?${kSpan}&step=week&by=team`, "Contract.OverTime"], [`/api/numbers/change?on=2026-10-01&days=28&team=North`, "Contract.Change"],
  [`/api/numbers/change?on=2026-10-01&days=28`, "Contract.Change"], [`/api/numbers/exposure?${kSpan}`, "Contract.Exposure"],
  [`/api/numbers/mine?${kSpan}`, "Contract.Mine"], [`/api/numbers/scores?${kSpan}`, "Contract.Scores"], [`/api/numbers/scores?${kSpan}&kind=CSAT`, "Contract.Scores"],
  [`/api/numbers/scores?${kSpan}&kind=QA`, "Contract.Scores"], [`/api/agreement?${kSpan}`, "Contract.Agreement"], [`/api/thresholds?kind=distress&${kSpan}`, "Contract.Thresholds"],
  [`/api/thresholds?kind=monologue&${kSpan}`, "Contract.NoThresholds"],
];

test("what the fake server tells of many calls is what the contract says, field by field", async () => {
  const review = await FakeReview.start();
  try {
    review.people[0].agent = "Ada Admin";
    const entry = await fetch(`${review.address}/api/session`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ login: "ada", password: kPassword }),
    });
    const headers = { Cookie: entry.headers.get("set-cookie").split(";")[0] };
    const told = [];
    for (const [address, type] of kAnswers) {
      const reply = await fetch(review.address + address, { headers });
      assert.equal(reply.status, 200, address);
      told.push([type, await reply.json()]);
    }
    assert.equal(await complaintsOfTypeScript("review/numbers/contract", told), "");
    const [, { groups }] = told[0];
    for (const wrong of [{ calls: "many" }, { agent: "Dana Kim" }, { rank: 1 }]) {
      assert.match(await complaintsOfTypeScript("review/numbers/contract", [["Contract.Group", { ...groups[0], all: { ...groups[0].all, ...wrong } }]]), /error TS/);
    }
  } finally {
    await review.stop();
  }
});
