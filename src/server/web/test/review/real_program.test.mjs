// A supervisor's day against the built program, from its first start.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { complaintsOfAxe } from "./axe.mjs";
import { eventually, newPage, signIn, texts } from "./page.mjs";
import { handInSmallCalls } from "./real_calls.mjs";
import { RealServer } from "./real_server.mjs";

const skip = process.env.TONECUE_PROGRAM ? false : "no program: TONECUE_PROGRAM is not set";
const kHouse = path.join(import.meta.dirname, "..", "..", "..", "..", "..");
const kBundled = path.join(kHouse, "audio_samples", "distressed.flac");
const kRealCall = path.join(kHouse, "..", "shared", "data", "calls", "aws_lca_autorepairs", "Auto_Repairs_49.flac");
const kOwn = "a password of my own";
const kLimitMs = 60_000;
const kAnalyseMs = 120_000;
const kRefused = { forgiven: /status of (401|403|404)/ };  // Asked on purpose.

const heading = (page) => texts(page, "main h1:not([hidden] h1)");
const rows = (page) => page.locator(".row").count();

async function firstSignIn(page, login, password) {
  await signIn(page, login, password);
  await eventually(texts(page, "main h1"), ["Choose your own password"], kLimitMs);
  await page.getByLabel("Current password").fill(password);
  await page.getByLabel("New password", { exact: true }).fill(kOwn);
  await page.getByLabel("New password again").fill(kOwn);
  await page.keyboard.press("Enter");
  await eventually(heading(page), ["Calls"], kLimitMs);
}

async function drop(page, file) {
  const bytes = (await readFile(file)).toString("base64");
  const dropped = await page.evaluateHandle(async ([name, base64]) => {
    const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([content], name, { type: "audio/flac" }));
    return data;
  }, [path.basename(file), bytes]);
  await page.locator(".drop").dispatchEvent("drop", { dataTransfer: dropped });
}

// @return The page of an admin with the recording's call open.
async function openCallOf(file, server) {
  const page = await newPage(server, kRefused);
  await page.goto(server.address);
  await page.locator("h1").first().waitFor();
  await firstSignIn(page, "admin", server.password);
  await page.getByRole("link", { name: "Upload" }).click();
  await eventually(heading(page), ["Upload a recording"], kLimitMs);
  await drop(page, file);
  await page.getByLabel("Team", { exact: true }).fill("North");
  await page.getByRole("button", { name: "Send and analyse" }).click();
  await eventually(() => new URL(page.url()).pathname.startsWith("/calls/"), true, kAnalyseMs);
  await eventually(() => page.locator(".moment").count().then((count) => count > 0), true, kLimitMs);
  return page;
}

// Each with its data on it. Colours are what light and dark differ in.
const kPages = [
  { at: "/?when=all&flagged=any", ready: ".row" },
  { at: "/numbers", ready: "svg.chart" },
  { at: "/numbers?view=exposure", ready: "svg.chart" },
  { at: "/agreement", ready: "tbody tr" },
  { at: "/people", ready: "tbody tr" },
  { at: "/audit", ready: "tbody tr" },
  { at: "/privacy", ready: "tbody tr" },
];

async function looksClean(page, server, callId) {
  await handInSmallCalls(page, server.address);
  for (const { at, ready } of [{ at: `/calls/${callId}`, ready: ".moment" }, ...kPages]) {
    await page.goto(server.address + at);
    await page.locator(ready).first().waitFor();
    if (ready === ".moment") await page.keyboard.press("n");
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    assert.deepEqual(await complaintsOfAxe(page), [], at);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    assert.deepEqual(await complaintsOfAxe(page, ["color-contrast"]), [], `${at}, dark`);
  }
}

async function reviewADay(file, look = null) {
  const server = await RealServer.start();
  const page = await openCallOf(file, server);

  await page.keyboard.press("Escape");
  await eventually(heading(page), ["Calls"], kLimitMs);
  await eventually(() => rows(page), 1, kLimitMs);  // Flagged, or it would not be in the day's list.
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await eventually(() => page.locator(".moment").count().then((count) => count > 0), true, kLimitMs);
  const callId = Number(new URL(page.url()).pathname.split("/").pop());

  // Play from a cue: the time of the sound moves.
  await page.keyboard.press("n");
  await page.keyboard.press("Enter");
  const head = () => page.locator(".readout").innerText();
  const before = await head();
  await eventually(async () => (await head()) !== before, true, kLimitMs);
  await page.keyboard.press("Space");

  // A verdict and a note by keyboard.
  await page.keyboard.press("1");
  const kept = async () => (await page.request.get(`${server.address}/api/calls/${callId}`)).json();
  await eventually(async () => (await kept()).cues.flatMap((cue) => cue.verdicts.map(({ verdict }) => verdict)), ["right"], kLimitMs);
  await page.keyboard.press("e");
  await page.keyboard.type("They cut in <b>here</b>; talk it over.");
  await page.keyboard.press("Control+Enter");
  await eventually(texts(page, ".notes .text"), ["They cut in <b>here</b>; talk it over."], kLimitMs);
  await page.keyboard.press("r");
  await eventually(async () => (await kept()).call.reviewed, true, kLimitMs);

  // Every export can be had.
  for (const [kind, begins] of [["json", "{"], ["csv", "file,"], ["audacity", ""], ["textgrid", "File type"], ["html", "<!"], ["flac", "fLaC"]]) {
    const answer = await page.request.get(`${server.address}/api/calls/${callId}/export/${kind}`);
    assert.equal(answer.status(), 200, kind);
    assert.ok((await answer.body()).subarray(0, 400).toString("latin1").includes(begins), kind);
  }
  await page.locator("summary", { hasText: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator('a[href$="/export/csv"]').click()]);
  assert.match(download.suggestedFilename(), /\.csv$/);

  await look?.(page, server, callId);

  await page.getByRole("button", { name: "Sign out" }).click();
  await eventually(texts(page, "main h1"), ["Sign in"], kLimitMs);
  assert.equal((await page.request.get(`${server.address}/api/calls/${callId}`)).status(), 401);

  await seesNothing(server, callId);
  const check = await server.run("audit", "verify", path.join(server.folder, "data"));
  assert.equal(check.status, 0, check.text);
  return server;
}

// A supervisor of another team.
async function seesNothing(server, callId) {
  const made = await server.run("people", "add", path.join(server.folder, "data"), "lou", "--name", "Lou", "--team", "South");
  assert.equal(made.status, 0, made.text);
  const [, password] = /password (\S+)/.exec(made.text);
  const page = await newPage(server, kRefused);
  await page.goto(`${server.address}/?when=all&flagged=any`);
  await page.locator("h1").first().waitFor();
  await firstSignIn(page, "lou", password);
  await eventually(() => page.locator("main").innerText().then((text) => /no calls|nothing|No call/i.test(text)), true, kLimitMs);
  assert.equal(await rows(page), 0);
  for (const part of ["", "/track", "/audio", "/export/json"]) {
    assert.equal((await page.request.get(`${server.address}/api/calls/${callId}${part}`)).status(), 404, part);
  }
  await page.goto(`${server.address}/calls/${callId}`);
  await eventually(() => page.locator(".moment").count(), 0, kLimitMs);
}

test("from a fresh start to a reviewed call, axe finds nothing, and another team sees nothing of it", { skip }, async () => {
  await reviewADay(kBundled, looksClean);
});

const noData = await readFile(kRealCall).then(() => false, () => "no data");
test("the same with a real call of 12 minutes", { skip: skip || noData }, async () => {
  await reviewADay(kRealCall);
});
