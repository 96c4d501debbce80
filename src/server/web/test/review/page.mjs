// Opens the supervisors' page.
import { newPage } from "../chromium.mjs";
import { FakeReview, kPassword } from "./fake_review.mjs";

export { eventually, newPage, texts } from "../chromium.mjs";

// @param as  A login of the fake server's; null: nobody is signed in. `at`: the address. `set`: changes
// the server before the page is opened, `before` the page itself. The rest: newPage's.
export async function openReview({ as = "sam", at = "/", set = null, before = null, calls, ...look } = {}) {
  const review = await FakeReview.start({ calls });
  set?.(review);
  const page = await newPage(review, look);
  await before?.(page);
  if (as) await page.request.post(`${review.address}/api/session`, { data: { login: as, password: kPassword } });
  await page.goto(review.address + at);
  await page.locator("h1, .trouble").first().waitFor();
  return { page, review };
}

export async function signIn(page, login, password = kPassword) {
  await page.getByLabel("Login").fill(login);
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
}
