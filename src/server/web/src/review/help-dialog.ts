import { html, LitElement, type TemplateResult } from "lit";
import type { Keys } from "../shared/keys";
import type { Shortcut } from "./page";

// What the keys of a page do.
export class HelpDialog extends LitElement {
  private shortcuts: readonly Shortcut[] = [];
  private keys: Keys | null = null;

  protected override createRenderRoot(): HTMLElement { return this; }

  open(shortcuts: readonly Shortcut[], keys: Keys): void {
    this.shortcuts = [...shortcuts, { keys: "?", does: "this help" }];
    this.keys = keys;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      this.querySelector("dialog")?.showModal();
      this.querySelector<HTMLElement>(".primary")?.focus();  // The attribute would ask for it with each page, too.
    });
  }

  private toggle(): void {
    this.keys?.toggle();
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="help-title">
      <h2 id="help-title">Keys on this page</h2>
      <dl class="shortcuts">${this.shortcuts.map(({ keys, does }) => html`<div>
        <dt>${keys.split(" ").map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${does}</dd></div>`)}</dl>
      <p><label class="choice"><input type="checkbox" .checked=${this.keys?.on ?? true} @change=${this.toggle}>
        Letters and digits are shortcuts (off for speech input; this browser remembers it)</label></p>
      <form method="dialog"><button class="primary">Close</button></form>
    </dialog>`;
  }
}

customElements.define("review-help", HelpDialog);
