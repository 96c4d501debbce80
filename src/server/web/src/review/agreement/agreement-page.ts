import { html, type TemplateResult } from "lit";
import { Page } from "../page";

class AgreementPage extends Page {
  protected override render(): TemplateResult {
    return html`<h1 tabindex="-1">Agreement</h1>`;
  }
}

customElements.define("review-agreement", AgreementPage);
