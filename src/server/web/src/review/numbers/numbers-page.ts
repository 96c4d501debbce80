import { html, type TemplateResult } from "lit";
import { Page } from "../page";

class NumbersPage extends Page {
  protected override render(): TemplateResult {
    return html`<h1 tabindex="-1">Numbers</h1>`;
  }
}

customElements.define("review-numbers", NumbersPage);
