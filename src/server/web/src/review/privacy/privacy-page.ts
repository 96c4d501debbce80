import { html, type TemplateResult } from "lit";
import { Page } from "../page";

class PrivacyPage extends Page {
  protected override render(): TemplateResult {
    return html`<h1 tabindex="-1">Privacy</h1>`;
  }
}

customElements.define("review-privacy", PrivacyPage);
