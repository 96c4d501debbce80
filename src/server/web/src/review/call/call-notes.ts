import { html, LitElement, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { clock } from "../../shared/words";
import type { Note } from "../contract";
import { fullTimeOf, whenOf } from "../words";

const kLongestBytes = 4000;  // As the store takes.

export interface NoteDraft { id: number | null; at_s: number | null; text: string }

// Notes at a time of the call, and of the whole of it. Sends `seek`, `write-note` (NoteDraft) and
// `remove-note` (its id).
export class CallNotes extends LitElement {
  static override properties = {
    notes: { attribute: false }, busy: { attribute: false }, mayWrite: { attribute: false },
    draft: { state: true }, removing: { state: true },
  };
  declare notes: readonly Note[];
  declare busy: boolean;  // A note is on its way.
  declare mayWrite: boolean;
  declare draft: NoteDraft | null;
  declare removing: number | null;
  private draftAt_s = 0;
  private returnTo: Element | null = null;

  constructor() {
    super();
    this.draft = null;
    this.removing = null;
  }

  protected override createRenderRoot(): HTMLElement { return this; }

  async write(at_s: number): Promise<void> {
    this.returnTo = document.activeElement;
    this.draftAt_s = at_s;
    if (!this.draft) this.draft = { id: null, at_s, text: "" };
    await this.updateComplete;
    const text = this.querySelector<HTMLTextAreaElement>("textarea");
    text?.focus({ preventScroll: true });
    this.querySelector("form")?.scrollIntoView({ block: "nearest" });
  }

  // Of a note that was put down.
  close(): void {
    this.draft = null;
    const back = this.returnTo instanceof HTMLElement && this.returnTo.isConnected ? this.returnTo : null;
    (back ?? this.querySelector<HTMLElement>(".new-note"))?.focus({ preventScroll: true });
  }

  show(id: number): void {
    const item = this.querySelector<HTMLElement>(`[data-note="${id}"]`);
    item?.scrollIntoView({ block: "nearest" });
    item?.querySelector<HTMLElement>("button")?.focus();
  }

  protected override render(): TemplateResult {
    return html`<section class="panel notes" aria-labelledby="notes-title">
      <header><h2 id="notes-title">Notes <span class="fine">${this.notes.length}</span></h2>
        ${this.mayWrite ? html`<button type="button" class="new-note" aria-keyshortcuts="e"
          @click=${this.askToWrite}>Write a note <kbd aria-hidden="true">e</kbd></button>` : nothing}</header>
      ${this.draft ? this.form(this.draft) : nothing}
      ${this.notes.length === 0 && !this.draft ? html`<p class="none">No notes yet.</p>` : nothing}
      <ol>${[...this.notes].sort((a, b) => (a.at_s ?? -1) - (b.at_s ?? -1)).map((note) => this.item(note))}</ol>
    </section>`;
  }

  private form(draft: NoteDraft): TemplateResult {
    const place = draft.at_s === null ? "of the whole call" : `at ${clock(draft.at_s)}`;
    return html`<form class="note-form" @submit=${this.send} @keydown=${this.key}>
      <label for="note-text">${draft.id === null ? `Note ${place}` : `Change the note ${place}`}</label>
      <textarea id="note-text" rows="3" required maxlength=${kLongestBytes} .value=${live(draft.text)}
        @input=${(event: Event) => { draft.text = (event.target as HTMLTextAreaElement).value; }}></textarea>
      ${draft.id === null ? html`<label class="choice"><input type="checkbox" .checked=${draft.at_s === null}
        @change=${this.changePlace}> Of the whole call</label>` : nothing}
      <div class="buttons"><button type="submit" class="primary" aria-disabled=${String(this.busy)}>Keep the note</button>
        <button type="button" @click=${this.close}>Drop it</button>
        <span class="fine"><kbd>Ctrl</kbd> <kbd>Enter</kbd> keeps, <kbd>Esc</kbd> drops</span></div>
    </form>`;
  }

  private item(note: Note): TemplateResult {
    return html`<li data-note=${note.id}>
      ${note.at_s === null ? html`<span class="at fine">whole call</span>`
        : html`<button type="button" class="at" aria-label="Go to ${clock(note.at_s)}"
            @click=${() => this.dispatchEvent(new CustomEvent("seek", { detail: note.at_s }))}>${clock(note.at_s)}</button>`}
      <p class="text">${note.text}</p>
      <p class="fine">${note.person}, <time title=${fullTimeOf(note.written_at)}>${whenOf(note.written_at)}</time>
        ${note.mine ? this.ownActs(note) : nothing}</p>
    </li>`;
  }

  private ownActs(note: Note): TemplateResult {
    if (this.removing === note.id) {
      return html`<span class="acts">Remove it for good?
        <button type="button" class="grave" @click=${() => this.remove_(note.id)}>Remove</button>
        <button type="button" @click=${() => { this.removing = null; }}>Keep</button></span>`;
    }
    return html`<span class="acts">
      <button type="button" class="plain" @click=${() => this.change(note)}>Change</button>
      <button type="button" class="plain" @click=${() => { this.removing = note.id; }}>Remove</button></span>`;
  }

  private askToWrite(): void { this.dispatchEvent(new Event("new-note")); }

  private async change({ id, at_s, text }: Note): Promise<void> {
    this.draft = null;
    await this.updateComplete;
    this.draft = { id, at_s, text };
    await this.write(at_s ?? 0);
  }

  private changePlace(event: Event): void {
    if (!this.draft) return;
    this.draft = { ...this.draft, at_s: (event.target as HTMLInputElement).checked ? null : this.draftAt_s };
  }

  // What is typed here is no key of the page.
  private key(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.querySelector("form")?.requestSubmit();
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private send(event: Event): void {
    event.preventDefault();
    const { draft } = this;
    if (!draft || this.busy || draft.text.trim() === "") return;
    this.dispatchEvent(new CustomEvent<NoteDraft>("write-note", { detail: { ...draft, text: draft.text.trim() } }));
  }

  private remove_(id: number): void {
    this.removing = null;
    this.dispatchEvent(new CustomEvent<number>("remove-note", { detail: id }));
  }
}

customElements.define("call-notes", CallNotes);
