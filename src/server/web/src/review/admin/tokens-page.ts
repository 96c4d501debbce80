import { html, nothing, type TemplateResult } from "lit";
import { api } from "../api";
import { AskingPage } from "../asking-page";
import type { Token } from "../contract";
import { announce } from "../page";
import { toldOnce } from "../told-once";
import { trouble } from "../trouble";
import { dayOf, whenOf } from "../words";

const kDays: readonly [number, string][] = [[30, "30 days"], [90, "90 days"], [365, "a year"]];
const kRightWord = { upload: "hand in recordings", read: "read calls and numbers" };

// Keys for machines.
class TokensPage extends AskingPage {
  private tokens: Token[] | null = null;
  private secret: { name: string; token: string } | null = null;
  private asked: Token | null = null;  // To be revoked, once confirmed.

  protected override load(): Promise<void> {
    return this.attempt(async () => { this.tokens = (await api.get<{ tokens: Token[] }>("/api/tokens")).tokens; });
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const given = new FormData(form);
    const name = String(given.get("name")).trim();
    const teams = String(given.get("teams")).split(",").map((team) => team.trim()).filter(Boolean);
    await this.attempt(async () => {
      const { token } = await api.post<{ token: string }>("/api/tokens",
        { name, right: given.get("right"), teams, days: Number(given.get("days")) });
      this.secret = { name, token };
      form.reset();
    });
    if (!this.failure) await this.load();
  }

  private async revoke(token: Token): Promise<void> {
    this.asked = null;
    await this.attempt(async () => {
      await api.remove(`/api/tokens/${token.id}`);
      announce(`${token.name} opens nothing any more.`);
    });
    if (!this.failure) await this.load();
  }

  protected override render(): TemplateResult {
    const { secret } = this;
    return html`<h1 tabindex="-1">Tokens for machines</h1>
      <p class="lead">A recorder hands in calls with one, a report reads numbers with another. A token goes into the header
        <code>Authorization: Bearer …</code></p>
      ${trouble(this.failure, () => void this.load())}
      ${secret ? toldOnce(`Token ${secret.name}`, secret.token, "It is shown this once; only its hash is kept.",
        () => { this.secret = null; this.requestUpdate(); }) : nothing}
      ${this.tokens ? this.table(this.tokens) : this.failure ? nothing : html`<p class="soft">Looking…</p>`}
      ${this.form()}`;
  }

  private table(tokens: readonly Token[]): TemplateResult {
    if (tokens.length === 0) return html`<p class="soft">There are no tokens yet.</p>`;
    return html`<div class="table" role="region" aria-label="Tokens" tabindex="0"><table>
      <thead><tr><th scope="col">Name</th><th scope="col">May</th><th scope="col">Teams</th><th scope="col">Made</th>
        <th scope="col">Until</th><th scope="col">Last used</th><th scope="col"><span class="unseen">Revoke</span></th></tr></thead>
      <tbody>${tokens.map((token) => html`<tr>
        <th scope="row">${token.name}</th><td>${kRightWord[token.right]}</td><td>${token.teams.join(", ") || "all"}</td>
        <td>${dayOf(token.created_at)}</td><td>${this.until(token)}</td><td>${token.last_used_at ? whenOf(token.last_used_at) : "never"}</td>
        <td class="actions">${this.asked === token
          ? html`<button type="button" class="grave" @click=${() => void this.revoke(token)}>Yes, revoke</button>
              <button type="button" @click=${() => this.ask(null)}>No</button>`
          : html`<button type="button" @click=${() => this.ask(token)}>Revoke…<span class="unseen"> ${token.name}</span></button>`}</td>
      </tr>`)}</tbody></table></div>`;
  }

  private ask(token: Token | null): void {
    this.asked = token;
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(token ? "button.grave" : ".actions button")?.focus());
  }

  private until({ expires_at }: Token): TemplateResult {
    const over = Date.parse(expires_at) < Date.now();
    return html`${over ? html`<span class="grave">over since </span>` : nothing}${dayOf(expires_at)}`;
  }

  private form(): TemplateResult {
    return html`<form class="fields boxed" @submit=${this.submit}><h2>A new token</h2>
      <label for="token-name">Name</label>
      <input id="token-name" name="name" required maxlength="80" autocomplete="off" placeholder="recorder in Leeds">
      <label for="token-right">May</label>
      <select id="token-right" name="right"><option value="upload">${kRightWord.upload}</option><option value="read">${kRightWord.read}</option></select>
      <label for="token-teams">Teams it may read</label>
      <input id="token-teams" name="teams" maxlength="1000" autocomplete="off" aria-describedby="token-teams-hint">
      <p class="fine" id="token-teams-hint">Separated by commas; empty: all.</p>
      <label for="token-days">Lasts</label>
      <select id="token-days" name="days">${kDays.map(([days, text]) => html`<option value=${days}>${text}</option>`)}</select>
      <p class="buttons"><button class="primary">Make the token</button></p></form>`;
  }
}

customElements.define("review-tokens", TokensPage);
