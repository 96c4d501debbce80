import assert from "node:assert/strict";
import { test } from "node:test";
import { card, hello, state } from "./fake_program.mjs";
import { eventually, openPage, readIt, texts } from "./page.mjs";

async function openWithCard(look = {}) {
  const opened = await openPage({ first: hello(5, { cards: [card(3, 4)] }), ...look });
  await opened.page.locator(".card").waitFor();
  await readIt(opened.page);
  return opened;
}

const posts = (program) => () => program.posts.map(({ address, body }) => ({ address, ...body }));
const focused = (page) => () => page.evaluate(() => document.activeElement?.textContent.trim());

for (const [key, answer, word] of [["h", "helpful", "✓ Helpful"], ["w", "wrong", "✓ Wrong"]]) {
  test(`the key ${key} answers "${answer}", once`, async () => {
    const { page, program } = await openWithCard();
    await page.keyboard.press(key);
    await eventually(posts(program), [{ address: "/answers", alert: 3, answer }]);
    assert.equal(program.posts[0].type, "application/json");
    await eventually(texts(page, ".answer.given"), [word]);
    await page.keyboard.press(key);
    await page.locator(".answer").first().click({ force: true });
    program.send("state", state(7));
    await eventually(texts(page, ".time"), ["0:07"]);
    assert.equal(program.posts.length, 1);
  });
}

for (const [key, snooze_min] of [["2", 2], ["1", 10], ["6", 60]]) {
  test(`N, then ${key}, asks for ${snooze_min} minutes without cards`, async () => {
    const { page, program } = await openWithCard();
    await page.keyboard.press("n");
    await eventually(texts(page, ".snoozes button"), ["2 min", "10 min", "60 min"]);
    await page.keyboard.press(key);
    await eventually(posts(program), [{ address: "/answers", alert: 3, answer: "not_now", snooze_min }]);
    await eventually(texts(page, ".unseen[role=status]"), [`No cards for ${snooze_min} minutes.`]);
  });
}

test("the snooze is chosen by arrows too, and Escape goes back to where it was", async () => {
  const { page, program } = await openWithCard();
  await page.keyboard.press("n");
  await eventually(focused(page), "2 min");
  await page.keyboard.press("Escape");
  await eventually(focused(page), "Not now");
  assert.deepEqual(await texts(page, ".snoozes")(), []);
  await page.keyboard.press("Enter");
  await eventually(focused(page), "2 min");
  await page.keyboard.press("ArrowRight");
  await eventually(focused(page), "10 min");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await eventually(focused(page), "60 min");
  await page.keyboard.press("Enter");
  await eventually(posts(program), [{ address: "/answers", alert: 3, answer: "not_now", snooze_min: 60 }]);
});

test("the whole page can be walked with Tab, and the focus is seen", async () => {
  const { page } = await openWithCard();
  const stops = [];
  for (let i = 0; i < 6; ++i) {
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineWidth);
    stops.push(`${await focused(page)()} ${outline}`);
  }
  assert.deepEqual(stops, ["Helpful 3px", "Not now 3px", "Wrong 3px", "What the marks mean 3px",
                           "Letter keys: on 3px", "Stop listening 3px"]);
});

test("a key that falls as a card comes answers nothing", async () => {
  const { page, program } = await openWithCard();
  await page.clock.pauseAt(Date.now() + 3000);
  program.send("card", card(4, 6, { text: "Hear them out." }));
  await eventually(texts(page, ".card .text"), ["Hear them out."]);
  await page.keyboard.press("h");
  await page.clock.fastForward(700);
  await page.keyboard.press("w");
  await eventually(posts(program), [{ address: "/answers", alert: 4, answer: "wrong" }]);
});

test("letter keys can be switched off, and stay off", async () => {
  const { page, program } = await openWithCard();
  await page.locator("button", { hasText: "Letter keys" }).click();
  await page.keyboard.press("h");
  await page.reload();
  await eventually(texts(page, "button[aria-pressed=false]"), ["Helpful", "Wrong", "Letter keys: off"]);
  await readIt(page);
  await page.keyboard.press("h");
  await page.locator(".answer.wrong").click();
  await eventually(posts(program), [{ address: "/answers", alert: 3, answer: "wrong" }]);
});

test("shortcuts of the browser are left alone", async () => {
  const { page, program } = await openWithCard();
  await page.keyboard.press("Control+h");
  await page.keyboard.press("w");
  await eventually(posts(program), [{ address: "/answers", alert: 3, answer: "wrong" }]);
});

test("an answer that is refused says why and can be given again", async () => {
  const { page, program } = await openWithCard({ forgiven: /status of 400/ });
  program.answerStatus = 400;
  await page.keyboard.press("h");
  await eventually(texts(page, ".line.trouble"), ["! Your answer did not reach tonecue: no alert has this number."]);
  program.answerStatus = 204;
  await page.keyboard.press("h");
  await eventually(texts(page, ".answer.given"), ["✓ Helpful"]);
  assert.equal(program.posts.length, 2);
  assert.deepEqual(await texts(page, ".line")(), []);
});

test("an answer given elsewhere is shown", async () => {
  const { page, program } = await openWithCard();
  program.send("answer", { alert: 3, answer: "helpful", at_s: 6 });
  await eventually(texts(page, ".answer.given"), ["✓ Helpful"]);
});

test("while snoozed the time left is shown, and Wake ends it", async () => {
  const { page, program } = await openPage();
  program.send("state", state(10, { snoozed_until_s: 130 }));
  await eventually(texts(page, ".snoozed p"), ["zNo cards for 2:00"]);
  program.send("state", state(47.5, { snoozed_until_s: 130 }));
  await eventually(texts(page, ".snoozed p"), ["zNo cards for 1:23"]);
  await page.locator("button", { hasText: "Wake" }).click();
  await eventually(posts(program), [{ address: "/wake" }]);
  program.send("state", state(48));
  await eventually(texts(page, ".snoozed"), []);
});

test("the call is ended only after a second look", async () => {
  const { page, program } = await openPage();
  await page.locator("button", { hasText: "Stop listening" }).click();
  await eventually(focused(page), "Go on");
  await page.keyboard.press("Escape");
  await eventually(focused(page), "Stop listening");
  await page.keyboard.press("Enter");
  await page.locator("button.stop").click();
  await eventually(posts(program), [{ address: "/end" }]);
});
