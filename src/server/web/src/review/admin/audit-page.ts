import { html, nothing, type TemplateResult } from "lit";
import { times } from "../../shared/words";
import { api } from "../api";
import { AskingPage } from "../asking-page";
import type { AuditCheck, AuditEntry } from "../contract";
import { announce } from "../page";
import { place } from "../place";
import { copyButton } from "../told-once";
import { trouble } from "../trouble";
import { fullTimeOf } from "../words";
import { actionWords } from "./audit-words";

const kPerPage = 50;

// Who looked at what, and who changed what; the newest first.
class AuditPage extends AskingPage {
  private entries: AuditEntry[] | null = null;
  private atEnd = false;
  private check: AuditCheck | null = null;
  private checking = false;

  override connectedCallback(): void {
    super.connectedCallback();
    place.addEventListener("change", this.onPlace);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    place.removeEventListener("change", this.onPlace);
  }
  private readonly onPlace = (): void => {
    if (place.path === "/audit") void this.load();
  };

  protected override async load(): Promise<void> {
    this.entries = null;
    await this.older();
  }

  private async older(): Promise<void> {
    const last = this.entries?.at(-1)?.number;
    const { search } = place;
    await this.attempt(async () => {
      const asked = new URLSearchParams({ ...wanted(), limit: String(kPerPage), ...(last ? { before: String(last) } : {}) });
      const { entries } = await api.get<{ entries: AuditEntry[] }>(`/api/audit?${asked}`);
      if (search !== place.search) return;  // Something else is asked for by now.
      this.entries = [...(this.entries ?? []), ...entries];
      this.atEnd = entries.length < kPerPage || entries.at(-1)?.number === 1;
      if (last) announce(`${times(entries.length, "older entry", "older entries")}.`);
    });
  }

  private async verify(): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    this.check = null;
    this.requestUpdate();
    await this.attempt(async () => { this.check = await api.get<AuditCheck>("/api/audit/check"); });
    this.checking = false;
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return html`<div class="page-head"><h1 tabindex="-1">Audit log</h1>
        <button type="button" @click=${this.verify} aria-disabled=${this.checking}>${this.checking ? "Checking…" : "Check the chain"}</button></div>
      <p class="lead">Every view, playback, export and change. Each entry carries the hash of the one before it, so that a later change shows.</p>
      ${trouble(this.failure, () => void this.load())}
      ${this.filters()}
      <div role="status">${this.check ? this.result(this.check) : nothing}</div>
      ${this.entries ? this.table(this.entries) : this.failure ? nothing : html`<p class="soft">Looking…</p>`}
      ${this.entries && !this.atEnd ? html`<p class="more"><button type="button" @click=${this.older}>Show older entries</button></p>` : nothing}`;
  }

  private filters(): TemplateResult {
    const { who, target } = wanted();
    return html`<search aria-label="Which entries"><form class="filters" @submit=${take}>
      <span class="field"><label class="fine" for="audit-who">Who</label><input id="audit-who" name="who" maxlength="200" autocomplete="off"
        placeholder="a login" .value=${who}></span>
      <span class="field"><label class="fine" for="audit-target">With</label><input id="audit-target" name="target" maxlength="200" autocomplete="off"
        placeholder="call 12" .value=${targetWords(target)}></span>
      <button>Show these</button>
      ${who || target ? html`<a href="/audit">Show all</a>` : nothing}</form></search>`;
  }

  private result({ entries, head, first_broken }: AuditCheck): TemplateResult {
    if (first_broken !== null) {
      return html`<p class="trouble"><span class="sign" aria-hidden="true">!</span><span>Entry ${first_broken} does not fit the one before
        it: the log was changed there or later. Keep a copy of the database and find out who could write to it.</span></p>`;
    }
    return html`<p class="fits"><span class="sign good" aria-hidden="true">✓</span><span>All ${times(entries, "entry", "entries")} fit.
      Head: <code>${head}</code> ${copyButton(head)}</span></p>
      <p class="fine">Write the head down elsewhere: with it a log that was cut short at its end is found, too.</p>`;
  }

  private table(entries: readonly AuditEntry[]): TemplateResult {
    if (entries.length === 0) return html`<div class="empty"><h2>No such entry</h2><p>A login and a call must be written out, as in the log.</p></div>`;
    return html`<div class="table" role="region" aria-label="Entries" tabindex="0"><table>
      <thead><tr><th scope="col">No.</th><th scope="col">When</th><th scope="col">Who</th><th scope="col">From</th>
        <th scope="col">Did</th><th scope="col">With</th><th scope="col">Detail</th><th scope="col">Hash</th></tr></thead>
      <tbody>${entries.map((entry) => html`<tr>
        <td class="whole">${entry.number}</td><td class="nowrap">${fullTimeOf(entry.at)}</td><td class="whole">${entry.who}</td><td class="whole">${entry.address}</td>
        <td title=${entry.action}>${actionWords(entry.action)}</td><td class=${/^\w+\/\d+$/.test(entry.target) ? "nowrap" : "whole"}>${target(entry.target)}</td><td>${entry.detail}</td>
        <td class="nowrap"><code title=${entry.sha256}>${entry.sha256.slice(0, 8)}</code></td></tr>`)}</tbody></table></div>`;
  }
}

function target(text: string): TemplateResult | string {
  return /^call\/\d+$/.test(text) ? html`<a href="/calls/${text.slice(5)}">${targetWords(text)}</a>` : targetWords(text);
}

const targetWords = (text: string): string => text.replace("/", " ");

// What the address asks for.
function wanted(): { who: string; target: string } {
  const query = new URLSearchParams(place.search);
  return { who: query.get("who") ?? "", target: query.get("target") ?? "" };
}

function take(event: SubmitEvent): void {
  event.preventDefault();
  const given = new FormData(event.target as HTMLFormElement);
  const asked = new URLSearchParams();
  for (const name of ["who", "target"]) {
    const value = String(given.get(name)).trim();
    if (value) asked.set(name, name === "target" ? value.replace(" ", "/") : value);
  }
  place.go(asked.size ? `/audit?${asked}` : "/audit");
}

customElements.define("review-audit", AuditPage);
