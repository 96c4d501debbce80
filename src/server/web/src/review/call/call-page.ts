import { html, type TemplateResult } from "lit";
import { Page } from "../page";

class CallPage extends Page {
  protected override render(): TemplateResult {
    return html`<h1 tabindex="-1">Call</h1>`;
  }
}

customElements.define("review-call", CallPage);
