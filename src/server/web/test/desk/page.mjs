// Opens the agent's page.
import * as chromium from "../chromium.mjs";
import { FakeProgram, hello } from "./fake_program.mjs";

export { eventually, texts } from "../chromium.mjs";

// As wide as beside a call program, where nothing else is asked for.
export const newPage = (program, look) => chromium.newPage(program, { width: 360, ...look });

export async function openPage({ first = hello(0), ...look } = {}) {
  const program = await FakeProgram.start();
  program.hello = first;
  const page = await newPage(program, look);
  await page.clock.install();  // So that a test need not wait for eight seconds to pass.
  await page.goto(program.address);
  await page.locator("h1").waitFor();
  return { page, program };
}

// Past the moment in which a new card takes no answer.
export const readIt = (page) => page.clock.fastForward(700);
