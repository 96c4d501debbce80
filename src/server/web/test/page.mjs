// Opens the page in Chromium against a FakeProgram, and holds every test to the same manners: nothing
// on the console, no request to another host.
import assert from "node:assert/strict";
import { after, afterEach, before } from "node:test";
import { chromium } from "playwright-core";
import { FakeProgram, hello } from "./fake_program.mjs";

const kArguments = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

let browser;
const open = [];  // What the running test has opened.

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.TONECUE_CHROMIUM, args: kArguments });
});
after(() => browser.close());

afterEach(async () => {
  for (const { program, context, complaints } of open.splice(0)) {
    await context.close();
    await program.stop();
    assert.deepEqual(complaints, []);
  }
});

// @param forgiven  What Chromium may write on the console: it tells every failed request there.
export async function openPage({ first = hello(0), width = 360, height = 800, forgiven = null, ...look } = {}) {
  const program = await FakeProgram.start();
  program.hello = first;
  const context = await browser.newContext({ viewport: { width, height }, ...look });
  const page = await context.newPage();
  await page.clock.install();  // So that a test need not wait for eight seconds to pass.
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (!forgiven?.test(message.text())) complaints.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`${program.address}/`)) complaints.push(`asked for ${request.url()}`);
  });
  open.push({ program, context, complaints });
  await page.goto(program.address);
  await page.locator("h1").waitFor();
  return { page, program };
}

// Waits until `look` gives what is wanted; tells the last answer when it never does.
export async function eventually(look, wanted, limit_ms = 5000) {
  const end = Date.now() + limit_ms;
  let seen;
  do {
    seen = await look();
    try {
      assert.deepEqual(seen, wanted);
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 20));
    }
  } while (Date.now() < end);
  assert.deepEqual(seen, wanted);
}

export const texts = (page, selector) => async () =>
  (await page.locator(selector).allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());

// Past the moment in which a new card takes no answer.
export const readIt = (page) => page.clock.fastForward(700);
