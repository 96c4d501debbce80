// Opens pages in Chromium, and holds every test to the same manners: nothing on the console, no
// request to another host.
import assert from "node:assert/strict";
import { after, afterEach, before } from "node:test";
import { chromium } from "playwright-core";

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
  const pages = open.splice(0);
  for (const { context } of pages) await context.close();
  for (const program of new Set(pages.map((page) => page.program))) await program.stop();
  for (const { complaints } of pages) assert.deepEqual(complaints, []);
});

// A page that has not gone anywhere yet. The program is stopped after the test.
// @param forgiven  What Chromium may write on the console: it tells every failed request there.
export async function newPage(program, { width = 1280, height = 800, forgiven = null, ...look } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, ...look });
  const complaints = [];
  open.push({ program, context, complaints });
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (!forgiven?.test(message.text())) complaints.push(message.text());
  });
  page.on("request", (request) => {
    const known = [`${program.address}/`, ...(program.wayIn ? [program.wayIn] : [])];
    if (!known.some((start) => request.url().startsWith(start))) complaints.push(`asked for ${request.url()}`);
  });
  return page;
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
