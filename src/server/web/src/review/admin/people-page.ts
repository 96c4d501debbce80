import { html, nothing, type TemplateResult } from "lit";
import { api } from "../api";
import { AskingPage } from "../asking-page";
import type { Facets, Person } from "../contract";
import { announce } from "../page";
import { session } from "../session";
import { toldOnce } from "../told-once";
import { trouble } from "../trouble";
import "./person-dialog";
import type { PersonDialog, Stored } from "./person-dialog";

interface Secret { name: string; password: string }

// Who may sign in, and as what.
class PeoplePage extends AskingPage {
  private people: Person[] | null = null;
  private facets: Facets = { teams: [], queues: [], agents: [] };
  private secret: Secret | null = null;

  protected override async load(): Promise<void> {
    await this.attempt(async () => {
      this.people = (await api.get<{ people: Person[] }>("/api/people")).people;
      this.facets = await api.get<Facets>("/api/facets");
    });
  }

  private edit(person: Person | null): void {
    this.querySelector<PersonDialog>("review-person")?.open(person, this.facets);
  }

  private async stored({ detail }: CustomEvent<Stored>): Promise<void> {
    if (detail.password) this.secret = { name: detail.name, password: detail.password };
    announce(`${detail.name} is saved.`);
    await this.load();
  }

  private async newPassword(person: Person): Promise<void> {
    await this.attempt(async () => {
      const { password } = await api.post<{ password: string }>(`/api/people/${person.id}/password`);
      this.secret = { name: person.name, password };
    });
  }

  private async setActive(person: Person, active: boolean): Promise<void> {
    await this.attempt(async () => {
      await api.patch(`/api/people/${person.id}`, { active });
      announce(active ? `${person.name} may sign in again.` : `${person.name} may no longer sign in.`);
    });
    if (!this.failure) await this.load();
  }

  protected override render(): TemplateResult {
    const { secret } = this;
    return html`<div class="page-head"><h1 tabindex="-1">People</h1>
        <button type="button" class="primary" @click=${() => this.edit(null)}>Add a person…</button></div>
      ${trouble(this.failure, () => void this.load())}
      ${secret ? toldOnce(`Password of ${secret.name}`, secret.password,
        "It is shown this once. Hand it over in person; at the first sign-in it must be changed.",
        () => { this.secret = null; this.requestUpdate(); }) : nothing}
      ${this.people ? this.table(this.people) : this.failure ? nothing : html`<p class="soft">Looking…</p>`}
      <p class="fine">People are never deleted, so that the audit log keeps its names; who has left is made inactive.</p>
      <review-person @stored=${this.stored}></review-person>`;
  }

  private table(people: readonly Person[]): TemplateResult {
    return html`<div class="table" role="region" aria-label="People" tabindex="0"><table>
      <thead><tr><th scope="col">Name</th><th scope="col">Login</th><th scope="col">Role</th><th scope="col">Teams</th>
        <th scope="col">Agent name in calls</th><th scope="col">May sign in</th><th scope="col"><span class="unseen">Change</span></th></tr></thead>
      <tbody>${people.map((person) => this.row(person))}</tbody></table></div>`;
  }

  private row(person: Person): TemplateResult {
    const self = person.id === session.person?.id;
    const about = html`<span class="unseen"> of ${person.name}</span>`;
    return html`<tr class=${person.active ? "" : "soft"}>
      <th scope="row">${person.name}</th><td>${person.login}</td><td>${person.role}</td>
      <td>${person.teams.join(", ") || (person.role === "admin" ? "all" : "–")}</td><td>${person.agent || "–"}</td>
      <td>${person.active ? "yes" : "no, inactive"}</td>
      <td class="actions">
        <button type="button" @click=${() => this.edit(person)}>Change…<span class="unseen"> ${person.name}</span></button>
        <button type="button" @click=${() => void this.newPassword(person)}>New password${about}</button>
        ${self ? nothing : html`<button type="button" @click=${() => void this.setActive(person, !person.active)}>${
          person.active ? "Make inactive" : "Make active"}<span class="unseen">: ${person.name}</span></button>`}
      </td></tr>`;
  }
}

customElements.define("review-people", PeoplePage);
