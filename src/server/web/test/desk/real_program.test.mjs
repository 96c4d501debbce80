// The page and the built program together: a recorded call, eight times as fast.
import assert from "node:assert/strict";
import { test } from "node:test";
import { complaintsOfTypeScript } from "../type_check.mjs";
import { eventually, newPage, texts } from "./page.mjs";
import { RealProgram } from "./real_program.mjs";

const skip = process.env.TONECUE_PROGRAM ? false : "no program: TONECUE_PROGRAM is not set";

const kEager = "[alerts]\nquiet_start_s = 0\nbudget_per_hour = 60";
const kHungUp = { forgiven: /net::ERR_/ };  // The program ends before the page.
const kLimitMs = 60_000;                    // The call takes 15 s; the machine may have more to do.
const kLookedAtMs = 700;                    // A card that has just come takes no answer.

async function openProgram(given = {}) {
  const program = await RealProgram.start({ config: kEager, ...given });
  const page = await newPage(program, kHungUp);
  await page.goto(program.url);
  await page.locator("tonecue-desk h1").waitFor();
  return { page, program };
}

const title = (page) => texts(page, ".card .title");

// The distress of the recording: the last card for 20 s of the call.
async function distressOnTop(page) {
  await eventually(title(page), ["Signs of distress"], kLimitMs);
  await page.waitForTimeout(kLookedAtMs);
}

test("a call runs on the page to its summary, and an answer by keyboard is in its JSON", { skip }, async () => {
  const { page, program } = await openProgram();
  await distressOnTop(page);
  await page.keyboard.press("h");
  await eventually(texts(page, ".answer.given"), ["✓ Helpful"]);
  await eventually(texts(page, "#summary-title"), ["The call is over"], kLimitMs);
  assert.equal(await program.ended, 0);
  const { alerts } = await program.json();
  const answered = alerts.filter((alert) => alert.answer);
  assert.deepEqual(answered.map(({ cue, answer }) => [cue, answer.said]), [["distress", "helpful"]]);
  const told = alerts.filter((alert) => alert.delivered).length;
  assert.deepEqual(await texts(page, ".summary > .fine")(), [`1:56 long · ${told} cards, 1 helpful, 0 wrong`]);
  assert.match((await texts(page, ".summary .say")()).join(" "), /Their voice rose at 0:54/);
});

test("a snooze by keyboard holds the next card back", { skip }, async () => {
  const { page, program } = await openProgram();
  await distressOnTop(page);
  await page.keyboard.press("n");
  await page.keyboard.press("2");
  await eventually(texts(page, ".snoozed .sign"), ["z"]);
  assert.equal(await program.ended, 0);
  const { alerts } = await program.json();
  assert.deepEqual(alerts.filter((alert) => alert.answer).map(({ answer }) => answer.said), ["not_now"]);
  assert.equal(alerts.find((alert) => alert.cue === "recovered").reason, "snoozed");
});

test("Stop on the page ends the program well, with the summary left on the page", { skip }, async () => {
  const { page, program } = await openProgram({ speed: 1, json: false });  // Nothing is left to do: it ends at once.
  await page.locator(".speaking.now").first().waitFor();
  await page.locator("button.ask-to-end").click();
  await page.locator("button.stop").click();
  assert.equal(await program.ended, 0);
  await eventually(texts(page, "#summary-title"), ["The call is over"]);
  assert.match((await texts(page, ".summary .told")())[0], /too little to tell/);
  assert.deepEqual(await texts(page, ".line")(), []);
});

test("the file that --open shows leads in, and without its key there is no way", { skip }, async () => {
  const program = await RealProgram.start({ speed: 1 });
  const stranger = await newPage(program, { forgiven: /status of 403/ });
  const reply = await stranger.goto(program.address);
  assert.equal(reply.status(), 403);
  assert.match(await stranger.locator("body").innerText(), /Open the address that tonecue printed/);
  assert.equal((await stranger.goto(`${program.address}/?key=${"0".repeat(32)}`)).status(), 403);
  const page = await newPage(program, kHungUp);
  await page.goto(program.wayIn);
  await page.waitForURL(`${program.address}/`);
  await eventually(texts(page, ".facts"), ["replay · sound off"]);
});

test("what the program tells is what contract.ts says, field by field", { skip }, async () => {
  const { page, program } = await openProgram();
  await page.evaluate(() => {
    window.told = {};
    const stream = new EventSource("/events");
    for (const name of ["hello", "state", "segment", "overlap", "card", "clear", "answer", "summary"]) {
      stream.addEventListener(name, (event) => { (window.told[name] ??= []).push(JSON.parse(event.data)); });
    }
  });
  await distressOnTop(page);
  await page.keyboard.press("w");
  await eventually(texts(page, ".answer.given"), ["✓ Wrong"]);
  const late = await newPage(program, kHungUp);
  await late.goto(program.url);
  await eventually(texts(late, ".older .tag"), ["wrong"]);
  await eventually(texts(page, "#summary-title"), ["The call is over"], kLimitMs);
  const told = await page.evaluate(() => window.told);
  assert.equal(Object.keys(told).length, 8);
  const typed = Object.entries(told).flatMap(([name, events]) => events.map((event) => [`Contract.Events["${name}"]`, event]));
  assert.equal(await complaintsOfTypeScript("desk/contract", typed), "");
  for (const wrong of [{ at_s: "late" }, { colour: "red" }, { cue: "joy" }, { reason: undefined }]) {
    assert.match(await complaintsOfTypeScript("desk/contract", [["Contract.Card", { ...told.card[0], ...wrong }]]), /error TS/);
  }
});
