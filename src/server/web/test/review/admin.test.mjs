// People, tokens, the audit log, privacy.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, openReview, texts } from "./page.mjs";

const kRefused = { forgiven: /status of \d+|net::ERR_/ };
const table = (page) => texts(page, "tbody tr");
const trouble = (page) => texts(page, ".trouble span:nth-child(2)");
const asAda = (at, more = {}) => openReview({ as: "ada", at, ...more });

test("a person is added by keyboard, and the password is told once", async () => {
  const { page, review } = await asAda("/people");
  await page.getByRole("button", { name: "Add a person" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Add a person" }).waitFor();
  await page.keyboard.type("mei");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Mei Tanaka");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");  // From agent to supervisor.
  await page.keyboard.press("Tab");
  await page.keyboard.type("South, North");
  await page.keyboard.press("Enter");
  await eventually(texts(page, ".told-once code"), ["K7QM-2XWD-9FHT-4RBN-8CJV"]);
  const { login, name, role, teams } = review.people.at(-1);
  assert.deepEqual({ login, name, role, teams }, { login: "mei", name: "Mei Tanaka", role: "supervisor", teams: ["South", "North"] });
  await page.getByRole("button", { name: "Done, hide it" }).click();
  assert.equal(await page.locator(".told-once").count(), 0);
});

test("the password is copied by a button", async () => {
  const { page } = await asAda("/people", { permissions: ["clipboard-read", "clipboard-write"] });
  await page.getByRole("button", { name: "New password of Dana Kim" }).click();
  await page.getByRole("button", { name: "Copy" }).click();
  await eventually(() => page.evaluate(() => navigator.clipboard.readText()), "N3WP-4SSW-0RDX-7TQZ-5HKM");
});

test("a login that is there already is told in the dialog", async () => {
  const { page } = await asAda("/people", kRefused);
  await page.getByRole("button", { name: "Add a person" }).click();
  await page.getByLabel("Login").fill("dana");
  await page.getByLabel("Name", { exact: true }).fill("Another Dana");
  await page.keyboard.press("Enter");
  await eventually(trouble(page), ["Login: dana is there already."]);
});

test("a person is changed, and the dialog begins with what is known each time", async () => {
  const { page, review } = await asAda("/people");
  await page.getByRole("button", { name: "Change… Sam Supervisor" }).click();
  assert.equal(await page.getByRole("radio", { name: /^supervisor/ }).isChecked(), true);
  await page.getByLabel("Teams", { exact: true }).fill("West");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Change… Sam Supervisor" }).click();
  assert.equal(await page.getByLabel("Teams", { exact: true }).inputValue(), "North, South");
  await page.getByLabel("Teams", { exact: true }).fill("West");
  await page.getByRole("button", { name: "Save" }).click();
  await eventually(() => review.people[1].teams, ["West"]);
  await eventually(async () => (await table(page)())[1].startsWith("Sam Supervisor sam supervisor West"), true);
});

test("who has left is made inactive, and the last admin cannot step down", async () => {
  const { page, review } = await asAda("/people", kRefused);
  await page.getByRole("button", { name: /^Make inactive.*Dana Kim/ }).click();
  await eventually(() => review.people[2].active, false);
  await page.getByRole("button", { name: /^Make active.*Dana Kim/ }).waitFor();
  assert.equal(await page.getByRole("button", { name: /^Make inactive.*Ada Admin/ }).count(), 0);
  await page.getByRole("button", { name: "Change… Ada Admin" }).click();
  await page.getByRole("radio", { name: /^agent/ }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await eventually(trouble(page), ["This is the last admin."]);
});

test("a token is told once, listed, and revoked after a second word", async () => {
  const { page, review } = await asAda("/tokens");
  await page.getByLabel("Name").fill("recorder in Leeds");
  await page.getByLabel("Lasts").selectOption("90");
  await page.getByLabel("Lasts").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await eventually(texts(page, ".told-once code"), ["tonecue_4f8a2c9d1e7b3a6f5c0d8e2b"]);
  await eventually(async () => (await table(page)())[0]?.startsWith("recorder in Leeds hand in recordings all"), true);
  assert.equal(Math.round((Date.parse(review.tokens[0].expires_at) - Date.now()) / 86_400_000), 90);
  await page.getByRole("button", { name: "Revoke… recorder in Leeds" }).click();
  assert.equal(review.tokens.length, 1);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Yes, revoke");
  await page.keyboard.press("Enter");
  await eventually(texts(page, "review-tokens .soft"), ["There are no tokens yet."]);
});

test("the audit log is paged, and its chain is checked", async () => {
  const { page, review } = await asAda("/audit");
  await eventually(() => page.locator("tbody tr").count(), 50);
  await page.getByRole("button", { name: "Show older entries" }).click();
  await page.getByRole("button", { name: "Show older entries" }).click();
  await eventually(() => page.locator("tbody tr").count(), 120);
  assert.equal(await page.getByRole("button", { name: "Show older entries" }).count(), 0);
  await page.getByRole("button", { name: "Check the chain" }).click();
  await eventually(texts(page, ".fits code"), [review.audit.at(-1).sha256]);
  review.firstBroken = 17;
  await page.getByRole("button", { name: "Check the chain" }).click();
  await eventually(async () => (await trouble(page)())[0]?.startsWith("Entry 17 does not fit the one before it"), true);
  assert.equal(await page.locator(".fits").count(), 0);
});

test("the audit log says what was done as people say it, and knows a name that is new", async () => {
  const set = (review) => {
    review.audit = [];
    review.note("jo", "call.play", "call/12");
    review.note("tonecue", "call.appear", "call/13");
  };
  const { page } = await openReview({ as: "ada", at: "/audit", set });
  await eventually(texts(page, "tbody td:nth-child(5)"), ["call.appear", "listened to a call"]);
  await eventually(texts(page, "tbody td:nth-child(6)"), ["call 13", "call 12"]);
});

test("the audit log answers who looked at a call, and what one person did", async () => {
  const set = (review) => {
    review.audit = [];
    for (const [who, call] of [["jo", 12], ["lou", 12], ["jo", 13]]) review.note(who, "call.view", `call/${call}`);
  };
  const { page } = await openReview({ as: "ada", at: "/audit?target=call%2F12", set });
  const whose = texts(page, "tbody td:nth-child(3)");
  await eventually(whose, ["lou", "jo"]);
  assert.equal(await page.getByLabel("With").inputValue(), "call 12");
  await page.getByLabel("With").fill("");
  await page.getByLabel("Who").fill("jo");
  await page.keyboard.press("Enter");
  await eventually(texts(page, "tbody td:nth-child(6)"), ["call 13", "call 12"]);
  assert.equal(new URL(page.url()).search, "?who=jo");
  await page.getByLabel("Who").fill("nobody");
  await page.keyboard.press("Enter");
  await eventually(texts(page, ".empty h2"), ["No such entry"]);
  await page.getByRole("link", { name: "Show all" }).click();
  await eventually(async () => (await whose()).includes("lou"), true);
});

test("privacy tells everybody what is kept and how long", async () => {
  const { page } = await openReview({ as: "dana", at: "/privacy" });
  await eventually(async () => (await table(page)()).map((row) => row.replace(/ \d+ .*/, "")), [
    "Recordings (sound)", "Calls: what was found, verdicts, notes", "Audit log",
  ]);
  assert.equal(await page.locator("review-caller-data").count(), 0);
  assert.match((await texts(page, ".rules")())[0], /There is no ranking of agents and no automatic score/);
});

test("where no sound is kept the table says so", async () => {
  const { page } = await openReview({ at: "/privacy", set: (review) => { review.keepsAudio = false; } });
  await eventually(async () => (await table(page)())[0]?.startsWith("Recordings (sound) not kept"), true);
});

test("a caller's data are exported as a file", async () => {
  const { page } = await asAda("/privacy");
  await page.getByLabel("Caller reference").fill("C-1007");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  assert.equal(download.suggestedFilename(), "caller_C-1007.json");
  let text = "";
  for await (const part of await download.createReadStream()) text += part;
  assert.deepEqual(JSON.parse(text).calls.map(({ id }) => id), [7]);
});

test("a caller's data are deleted only when the reference is typed once more", async () => {
  const { page, review } = await asAda("/privacy");
  await page.getByLabel("Caller reference").fill("C-1007");
  await page.getByRole("button", { name: "Delete all" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete all calls of C-1007?" });
  await dialog.getByLabel("Type the reference to confirm").fill("C-1006");
  await page.keyboard.press("Enter");
  assert.equal(review.calls.length, 60);
  await dialog.getByLabel("Type the reference to confirm").fill("C-1007");
  await page.keyboard.press("Enter");
  await eventually(texts(page, "review-caller-data [role=status]"), ["1 call of C-1007 deleted."]);
  assert.equal(review.call(7), undefined);
});

test("a reference may hold what an address is made of", async () => {
  const ref = "dept/7 ../x?y=1#3 100 % Müller";
  const { page, review } = await asAda("/privacy");
  review.calls.find(({ call }) => call.id === 7).call.caller_ref = ref;
  await page.getByLabel("Caller reference").fill(ref);
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  let text = "";
  for await (const part of await download.createReadStream()) text += part;
  assert.deepEqual(JSON.parse(text).calls.map(({ id }) => id), [7]);
  await page.getByRole("button", { name: "Delete all" }).click();
  await page.getByRole("dialog").getByLabel("Type the reference to confirm").fill(ref);
  await page.keyboard.press("Enter");
  await eventually(texts(page, "review-caller-data [role=status]"), [`1 call of ${ref} deleted.`]);
  assert.equal(review.call(7), undefined);
});

for (const at of ["/people", "/tokens", "/audit", "/privacy"]) {
  test(`${at} tells a refusal and an unreachable server in one sentence each`, async () => {
    let answer = { status: 503, error: "" };
    const refuse = (_, path) => (path === "/api/me" ? null : answer);
    const { page } = await asAda(at, { set: (review) => { review.refuse = (method, path) => (path === "/api/session" ? null : refuse(method, path)); }, ...kRefused });
    await eventually(trouble(page), ["tonecue is too busy to answer."]);
    answer = { status: 403, error: "" };
    await page.getByRole("button", { name: "Try again" }).click();
    await eventually(trouble(page), ["You may not do this."]);
    answer = "hang up";
    await page.getByRole("button", { name: "Try again" }).click();
    await eventually(trouble(page), ["tonecue does not answer: is it running, and is the network there?"]);
    answer = null;
    await page.getByRole("button", { name: "Try again" }).click();
    await eventually(() => page.locator(".trouble").count(), 0);
  });
}
