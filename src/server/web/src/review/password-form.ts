import { html, LitElement, nothing, type TemplateResult } from "lit";
import { api, messageOf } from "./api";
import { session } from "./session";
import { trouble } from "./trouble";

const kShortestPassword = 12;

// Another password for oneself; `first`: the one that the admin gave must go. Sends `done` or `cancel`.
export class PasswordForm extends LitElement {
  static override properties = { first: { type: Boolean }, failure: { state: true }, busy: { state: true } };
  declare first: boolean;
  declare failure: string;
  declare busy: boolean;

  constructor() {
    super();
    this.first = false;
    this.failure = "";
    this.busy = false;
  }

  protected override createRenderRoot(): HTMLElement { return this; }
  protected override firstUpdated(): void { this.querySelector<HTMLElement>("#old")?.focus(); }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const given = new FormData(event.target as HTMLFormElement);
    const wanted = String(given.get("new"));
    this.failure = complaint(wanted, String(given.get("again")));
    if (this.failure) return;
    this.busy = true;
    try {
      await api.post("/api/me/password", { old: given.get("old"), new: wanted });
      this.dispatchEvent(new CustomEvent("done"));
    } catch (error) {
      this.failure = messageOf(error);
    } finally {
      this.busy = false;
    }
  }

  protected override render(): TemplateResult {
    return html`<form class="door" @submit=${this.submit}>
      <h1>${this.first ? "Choose your own password" : "Change your password"}</h1>
      ${this.first ? html`<p>The one you signed in with was given to you; only you should know yours.</p>` : nothing}
      <input class="unseen" name="login" autocomplete="username" .value=${session.person?.login ?? ""} tabindex="-1" aria-hidden="true">
      <label for="old">Current password</label>
      <input id="old" name="old" type="password" required maxlength="256" autocomplete="current-password">
      <label for="new">New password</label>
      <input id="new" name="new" type="password" required maxlength="256" autocomplete="new-password" aria-describedby="new-hint">
      <p class="fine" id="new-hint">At least ${kShortestPassword} characters; a few words that do not belong together are good.</p>
      <label for="again">New password again</label>
      <input id="again" name="again" type="password" required maxlength="256" autocomplete="new-password">
      ${trouble(this.failure)}
      <button class="primary" aria-disabled=${this.busy}>Change password</button>
      ${this.first ? nothing : html`<button type="button" @click=${() => this.dispatchEvent(new CustomEvent("cancel"))}>Cancel</button>`}
    </form>`;
  }
}

function complaint(wanted: string, again: string): string {
  if ([...wanted].length < kShortestPassword) return `The new password is too short: ${kShortestPassword} characters at least.`;
  if (wanted !== again) return "The two new passwords differ.";
  return "";
}

customElements.define("review-password", PasswordForm);
