import { html, LitElement, type TemplateResult } from "lit";

// Deletes a call, after a second word. Sends `remove-call`.
export class CallRemoval extends LitElement {
  static override properties = { asked: { state: true } };
  declare asked: boolean;

  constructor() {
    super();
    this.asked = false;
  }

  protected override createRenderRoot(): HTMLElement { return this; }

  protected override render(): TemplateResult {
    if (!this.asked) {
      return html`<p class="removal"><button type="button" class="grave ask" @click=${() => this.ask(true)}>Delete this call</button></p>`;
    }
    return html`<p class="removal"><span>Its sound, moments, verdicts and notes go for good. The audit log keeps that it was deleted.</span>
      <button type="button" class="grave" @click=${() => this.dispatchEvent(new Event("remove-call"))}>Delete it</button>
      <button type="button" class="keep" @click=${() => this.ask(false)}>Keep it</button></p>`;
  }

  private async ask(asked: boolean): Promise<void> {
    this.asked = asked;
    await this.updateComplete;
    this.querySelector<HTMLElement>(asked ? ".keep" : ".ask")?.focus();
  }
}

customElements.define("call-removal", CallRemoval);
