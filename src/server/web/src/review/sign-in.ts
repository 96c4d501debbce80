import { html, LitElement, nothing, type TemplateResult } from "lit";
import { api, messageOf } from "./api";
import type { SignedIn } from "./contract";
import { session } from "./session";
import { trouble } from "./trouble";

// Login and password. Who was signed out meanwhile finds the page as it was.
class SignIn extends LitElement {
  static override properties = { failure: { state: true }, busy: { state: true } };
  declare failure: string;
  declare busy: boolean;

  constructor() {
    super();
    this.failure = "";
    this.busy = false;
  }

  protected override createRenderRoot(): HTMLElement { return this; }
  protected override firstUpdated(): void {
    this.querySelector<HTMLInputElement>(session.lapsed ? "#password" : "#login")?.focus();
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const given = new FormData(event.target as HTMLFormElement);
    this.busy = true;
    this.failure = "";
    try {
      session.begin(await api.post<SignedIn>("/api/session", { login: given.get("login"), password: given.get("password") }));
    } catch (error) {
      this.failure = messageOf(error);
      this.querySelector<HTMLInputElement>("#password")?.select();
    } finally {
      this.busy = false;
    }
  }

  protected override render(): TemplateResult {
    return html`<form class="door" @submit=${this.submit}>
      <h1>${session.lapsed ? "Sign in again" : "Sign in"}</h1>
      ${session.lapsed ? html`<p>Your session has ended. The page is kept as it was.</p>` : nothing}
      <label for="login">Login</label>
      <input id="login" name="login" required maxlength="80" autocomplete="username" autocapitalize="none"
        spellcheck="false" .value=${session.person?.login ?? ""}>
      <label for="password">Password</label>
      <input id="password" name="password" type="password" required maxlength="256" autocomplete="current-password">
      ${trouble(this.failure)}
      <button class="primary" aria-disabled=${this.busy}>${this.busy ? "Signing in…" : "Sign in"}</button>
    </form>`;
  }
}

customElements.define("review-sign-in", SignIn);
