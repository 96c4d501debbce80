import { html, LitElement, nothing, type TemplateResult } from "lit";

export interface Option { value: string; name: string; picture?: TemplateResult }

const kSearchFrom = 12;  // Options; with more there is a field to find one.

// Any number of a few or of many. Sends `chosen` with the values.
export class Choice extends LitElement {
  static override properties = {
    name: {}, options: { attribute: false }, chosen: { attribute: false }, opened: { state: true }, looksFor: { state: true },
  };
  declare name: string;
  declare options: readonly Option[];
  declare chosen: readonly string[];
  declare opened: boolean;
  declare looksFor: string;

  constructor() {
    super();
    this.options = [];
    this.chosen = [];
    this.opened = false;
    this.looksFor = "";
  }

  protected override createRenderRoot(): HTMLElement { return this; }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("pointerdown", this.onPointer);
    this.addEventListener("focusout", this.onFocusOut);
    this.addEventListener("keydown", this.onKey);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("pointerdown", this.onPointer);
  }

  private readonly onPointer = (event: Event): void => {
    if (!this.contains(event.target as Node)) this.opened = false;
  };
  private readonly onFocusOut = (event: FocusEvent): void => {
    if (event.relatedTarget && !this.contains(event.relatedTarget as Node)) this.opened = false;
  };
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.opened) return;
    event.stopPropagation();
    this.opened = false;
    this.querySelector("button")?.focus();
  };

  private open(): void {
    this.opened = !this.opened;
    this.looksFor = "";
    if (this.opened) void this.updateComplete.then(() => this.querySelector<HTMLElement>(".popup input")?.focus());
  }

  private toggle(value: string): void {
    const chosen = this.chosen.includes(value) ? this.chosen.filter((one) => one !== value) : [...this.chosen, value];
    this.tell(chosen);
  }

  private tell(chosen: readonly string[]): void {
    this.dispatchEvent(new CustomEvent("chosen", { detail: chosen }));
  }

  // What an address names and the server does not know stays to be seen and taken away.
  private get all(): readonly Option[] {
    const strange = this.chosen.filter((value) => !this.options.some((option) => option.value === value));
    return [...this.options, ...strange.map((value) => ({ value, name: value }))];
  }

  private told(): string {
    if (this.chosen.length === 0) return "any";
    if (this.chosen.length > 1) return `${this.chosen.length} chosen`;
    return this.all.find(({ value }) => value === this.chosen[0])?.name ?? "";
  }

  protected override render(): TemplateResult {
    return html`<button type="button" class="field ${this.chosen.length ? "set" : ""}" aria-expanded=${this.opened} @click=${this.open}>
        <span class="fine">${this.name}</span> <span class="told">${this.told()}</span> <span aria-hidden="true">▾</span></button>
      ${this.opened ? this.popup() : nothing}`;
  }

  private popup(): TemplateResult {
    const wanted = this.looksFor.toLowerCase();
    const shown = this.all.filter(({ name }) => name.toLowerCase().includes(wanted));
    return html`<div class="popup" role="group" aria-label=${this.name}>
      ${this.all.length >= kSearchFrom ? html`<input type="search" aria-label="Find in ${this.name}" placeholder="Find"
        .value=${this.looksFor} @input=${(event: Event) => { this.looksFor = (event.target as HTMLInputElement).value; }}>` : nothing}
      <ul>${shown.map(({ value, name, picture }) => html`<li><label class="choice"><input type="checkbox"
        .checked=${this.chosen.includes(value)} @change=${() => this.toggle(value)}>${picture ?? nothing}<span>${name}</span></label></li>`)}
        ${shown.length === 0 ? html`<li class="fine">None here.</li>` : nothing}</ul>
      ${this.chosen.length ? html`<button type="button" @click=${() => this.tell([])}>Any</button>` : nothing}
    </div>`;
  }
}

customElements.define("review-choice", Choice);
