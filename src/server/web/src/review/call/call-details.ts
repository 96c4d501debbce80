import { html, LitElement, type TemplateResult } from "lit";
import type { CallEntry } from "../contract";

export type Details = Pick<CallEntry, "agent" | "team" | "queue" | "caller_ref" | "consent_ref">;

const kFields: readonly { name: keyof Details; what: string }[] = [
  { name: "agent", what: "Agent" }, { name: "team", what: "Team" }, { name: "queue", what: "Queue" },
  { name: "caller_ref", what: "Caller, by your own reference" }, { name: "consent_ref", what: "Where the consent is kept" },
];
const kLongest = 200;  // As the store takes.

// Whose call it was, for recordings that came without. Sends `change-details` with what differs.
export class CallDetails extends LitElement {
  static override properties = { call: { attribute: false } };
  declare call: CallEntry;

  protected override createRenderRoot(): HTMLElement { return this; }

  protected override render(): TemplateResult {
    return html`<details class="panel details"><summary>Whose call it was</summary>
      <form @submit=${this.send}>
        ${kFields.map(({ name, what }) => html`<label>${what}
          <input name=${name} maxlength=${kLongest} autocomplete="off" .value=${this.call[name]}></label>`)}
        <button type="submit">Change</button>
      </form></details>`;
  }

  private send(event: SubmitEvent): void {
    event.preventDefault();
    const given = new FormData(event.target as HTMLFormElement);
    const changed = kFields.flatMap(({ name }) => {
      const value = String(given.get(name)).trim();
      return value === this.call[name] ? [] : [[name, value]];
    });
    if (changed.length === 0) return;
    this.dispatchEvent(new CustomEvent<Partial<Details>>("change-details", { detail: Object.fromEntries(changed) }));
  }
}

customElements.define("call-details", CallDetails);
