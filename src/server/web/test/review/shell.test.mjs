// Who is signed in, where one can go, and what is told when the server refuses.
import assert from "node:assert/strict";
import { test } from "node:test";
import { kPassword } from "./fake_review.mjs";
import { eventually, openReview, signIn, texts } from "./page.mjs";

const kRefused = { forgiven: /status of \d+|net::ERR_/ };
const menu = (page) => texts(page, "nav a");

test("who is not signed in sees the form, and after it the page that was asked for", async () => {
  const { page } = await openReview({ as: null, at: "/privacy" });
  await eventually(texts(page, "h1"), ["Sign in"]);
  assert.equal(await page.locator("nav").count(), 0);
  await signIn(page, "sam");
  await eventually(texts(page, "main h1"), ["Privacy"]);
  assert.equal(new URL(page.url()).pathname, "/privacy");
});

test("a wrong password is told in one sentence, and the next try works", async () => {
  const { page } = await openReview({ as: null, ...kRefused });
  await signIn(page, "sam", "not this one");
  await eventually(texts(page, ".trouble span:nth-child(2)"), ["Login or password is wrong."]);
  await signIn(page, "sam");
  await eventually(texts(page, "main h1"), ["Calls"]);
});

test("too many tries tell how long to wait", async () => {
  const refuse = (method, path) => (path === "/api/session"
    ? { status: 429, error: "too many tries", headers: { "Retry-After": "30" } } : null);
  const { page } = await openReview({ as: null, set: (review) => { review.refuse = refuse; }, ...kRefused });
  await signIn(page, "sam");
  await eventually(texts(page, ".trouble span:nth-child(2)"), ["Too many tries; try again in 30 s."]);
});

test("each role has its own menu, and no way to the pages of others", async () => {
  const kMenus = {
    dana: ["Calls", "Numbers", "Privacy"],
    sam: ["Calls", "Numbers", "Agreement", "Upload", "Privacy"],
    ada: ["Calls", "Numbers", "Agreement", "Upload", "People", "Tokens", "Audit log", "Privacy"],
  };
  for (const [login, wanted] of Object.entries(kMenus)) {
    const { page } = await openReview({ as: login, at: "/people" });
    await eventually(menu(page), wanted);
    assert.deepEqual(await texts(page, "main h1")(), [login === "ada" ? "People" : "Not found"]);
  }
});

test("links change the page without a new document, and back goes back", async () => {
  const { page } = await openReview();
  await page.evaluate(() => { window.sameDocument = true; });
  await page.getByRole("link", { name: "Privacy" }).click();
  await eventually(texts(page, "main h1:not([hidden] h1)"), ["Privacy"]);
  assert.equal(await page.title(), "Privacy · tonecue review");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Privacy");
  await page.goBack();
  await eventually(texts(page, "main h1:not([hidden] h1)"), ["Calls"]);
  assert.equal(await page.evaluate(() => window.sameDocument), true);
});

test("a session that ends meanwhile asks to sign in, and then goes on where one was", async () => {
  const { page, review } = await openReview({ as: "ada", at: "/privacy", ...kRefused });
  review.sessions.clear();
  await page.getByRole("link", { name: "Audit log" }).click();
  await eventually(texts(page, "main h1:not([hidden] h1)"), ["Sign in again"]);
  await page.getByLabel("Password").fill(kPassword);
  await page.keyboard.press("Enter");
  await eventually(texts(page, "main h1:not([hidden] h1)"), ["Audit log"]);
});

test("who signs out sees nothing any more", async () => {
  const { page } = await openReview({ at: "/privacy" });
  await page.getByRole("button", { name: "Sign out" }).click();
  await eventually(texts(page, "main h1"), ["Sign in"]);
  assert.equal(await page.locator("review-privacy, review-list, nav").count(), 0);
});

test("the first sign-in asks for a password of one's own", async () => {
  const { page } = await openReview({ as: null, set: (review) => review.mustChange.add(2) });
  await signIn(page, "sam");
  await eventually(texts(page, "main h1"), ["Choose your own password"]);
  await page.getByLabel("Current password").fill(kPassword);
  await page.getByLabel("New password", { exact: true }).fill("short");
  await page.getByLabel("New password again").fill("short");
  await page.keyboard.press("Enter");
  await eventually(texts(page, ".trouble span:nth-child(2)"), ["The new password is too short: 12 characters at least."]);
  await page.getByLabel("New password", { exact: true }).fill("four words that differ");
  await page.getByLabel("New password again").fill("four words that differ");
  await page.keyboard.press("Enter");
  await eventually(texts(page, "main h1"), ["Calls"]);
});

test("the password is changed from any page, or left as it was", async () => {
  const { page, review } = await openReview({ at: "/privacy", forgiven: /status of 403/ });
  await page.getByRole("button", { name: "Change password" }).click();
  await eventually(() => page.evaluate(() => document.activeElement.id), "old");
  await page.getByRole("button", { name: "Cancel" }).click();
  await eventually(texts(page, "main h1:not([hidden] h1)"), ["Privacy"]);
  await page.getByRole("button", { name: "Change password" }).click();
  const given = ["not this one", "four words that differ", "four words that differ"];
  for (const [i, text] of given.entries()) await page.locator("form.door input[type=password]").nth(i).fill(text);
  await page.keyboard.press("Enter");
  await eventually(texts(page, ".trouble span:nth-child(2)"), ["The password so far is wrong."]);
  await page.getByLabel("Current password").fill(kPassword);
  await page.keyboard.press("Enter");
  await eventually(texts(page, "main h1:not([hidden] h1)"), ["Privacy"]);
  assert.equal(review.people[1].password, "four words that differ");
});

test("without a server the page says so and tries again", async () => {
  let away = true;
  const { page } = await openReview({
    as: null, set: (review) => { review.refuse = () => (away ? "hang up" : null); }, ...kRefused,
  });
  await eventually(texts(page, ".trouble span:nth-child(2)"), ["tonecue does not answer: is it running, and is the network there?"]);
  away = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await eventually(texts(page, "main h1"), ["Sign in"]);
});

test("the keys of a page are told, and can be switched off", async () => {
  const { page } = await openReview({ at: "/privacy" });
  await eventually(texts(page, "main h1"), ["Privacy"]);
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys on this page" }).waitFor();
  await page.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  assert.equal(await page.locator("dialog[open]").count(), 0);
});
