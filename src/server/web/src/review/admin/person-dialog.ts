import { html, LitElement, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { api, messageOf } from "../api";
import type { Facets, Person, Role } from "../contract";
import { trouble } from "../trouble";

export interface Stored { name: string; password: string | null }

const kRoles: readonly { role: Role; does: string }[] = [
  { role: "agent", does: "sees their own calls" },
  { role: "supervisor", does: "sees the calls of their teams, gives verdicts, writes notes" },
  { role: "admin", does: "sees all calls, manages people, tokens and deletion" },
];

// Adds a person or changes one. Sends `stored`.
export class PersonDialog extends LitElement {
  private person: Person | null = null;
  private chosenRole: Role = "agent";
  private facets: Facets = { teams: [], queues: [], agents: [] };
  private failure = "";
  private times = 0;  // Opened; each begins with a fresh form.

  protected override createRenderRoot(): HTMLElement { return this; }

  open(person: Person | null, facets: Facets): void {
    this.person = person;
    this.chosenRole = person?.role ?? "agent";
    this.facets = facets;
    this.failure = "";
    ++this.times;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      this.querySelector("dialog")?.showModal();
      this.querySelector<HTMLElement>(person ? "#person-name" : "#person-login")?.focus();
    });
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(given.get(name) ?? "").trim();
    const teams = text("teams").split(",").map((team) => team.trim()).filter(Boolean);
    const told = { name: text("name"), role: this.chosenRole, agent: text("agent"), teams };
    try {
      if (this.person) await api.patch(`/api/people/${this.person.id}`, told);
      const made = this.person ? null : await api.post<{ password: string }>("/api/people", { login: text("login"), ...told });
      this.close();
      this.dispatchEvent(new CustomEvent<Stored>("stored", { detail: { name: told.name, password: made?.password ?? null } }));
    } catch (error) {
      this.failure = messageOf(error);
      this.requestUpdate();
    }
  }

  private close(): void { this.querySelector("dialog")?.close(); }

  protected override render(): TemplateResult {
    const { person, facets } = this;
    return html`<dialog aria-labelledby="person-title">
      <h2 id="person-title">${person ? `Change ${person.name}` : "Add a person"}</h2>
      ${keyed(this.times, html`<form class="fields" @submit=${this.submit}>
        ${person ? nothing : html`<label for="person-login">Login</label>
          <input id="person-login" name="login" required maxlength="80" pattern="[a-z0-9._@\\-]+" autocomplete="off" autocapitalize="none"
            spellcheck="false" aria-describedby="login-hint">
          <p class="fine" id="login-hint">Small letters, digits, and . - _ @</p>`}
        <label for="person-name">Name</label>
        <input id="person-name" name="name" required maxlength="120" autocomplete="off" .value=${person?.name ?? ""}>
        <fieldset class="roles"><legend>Role</legend>
          ${kRoles.map(({ role, does }) => html`<label class="choice"><input type="radio" name="role" value=${role} .checked=${this.chosenRole === role}
            @change=${() => { this.chosenRole = role; this.requestUpdate(); }}><span><b>${role}</b>: ${does}</span></label>`)}</fieldset>
        <label for="person-teams">Teams</label>
        <input id="person-teams" name="teams" maxlength="1000" autocomplete="off" aria-describedby="teams-hint" .value=${person?.teams.join(", ") ?? ""}>
        <p class="fine" id="teams-hint">Separated by commas.${facets.teams.length ? ` Calls know: ${facets.teams.join(", ")}.` : ""}</p>
        <label for="person-agent">Agent name in calls</label>
        <input id="person-agent" name="agent" maxlength="200" autocomplete="off" list="known-agents" aria-describedby="agent-hint" .value=${person?.agent ?? ""}>
        <datalist id="known-agents">${facets.agents.map((agent) => html`<option value=${agent}></option>`)}</datalist>
        <p class="fine" id="agent-hint">Empty for people who take no calls. Calls under this name are theirs to see, and theirs first.</p>
        ${trouble(this.failure)}
        <p class="buttons"><button class="primary">${person ? "Save" : "Add"}</button><button type="button" @click=${this.close}>Cancel</button></p>
      </form>`)}</dialog>`;
  }
}

customElements.define("review-person", PersonDialog);
