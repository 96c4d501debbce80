import { html, type TemplateResult } from "lit";
import { api, isAborted, messageOf } from "../api";
import type { AuditEntry } from "../contract";
import { Page } from "../page";
import { trouble } from "../trouble";

// Who looked at what, and who changed what.
class AuditPage extends Page {
  static override properties = { entries: { state: true }, failure: { state: true } };
  declare entries: AuditEntry[];
  declare failure: string;

  constructor() {
    super();
    this.entries = [];
    this.failure = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }
  override refresh(): void { void this.load(); }

  private async load(): Promise<void> {
    this.failure = "";
    try {
      this.entries = (await api.get<{ entries: AuditEntry[] }>("/api/audit")).entries;
    } catch (error) {
      if (!isAborted(error)) this.failure = messageOf(error);
    }
  }

  protected override render(): TemplateResult {
    return html`<h1 tabindex="-1">Audit log</h1>
      ${trouble(this.failure, () => void this.load())}
      <ol>${this.entries.map((entry) => html`<li>${entry.number} ${entry.who} ${entry.action} ${entry.target}</li>`)}</ol>`;
  }
}

customElements.define("review-audit", AuditPage);
