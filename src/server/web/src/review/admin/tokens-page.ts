import { html, type TemplateResult } from "lit";
import { Page } from "../page";

class TokensPage extends Page {
  protected override render(): TemplateResult {
    return html`<h1 tabindex="-1">Tokens</h1>`;
  }
}

customElements.define("review-tokens", TokensPage);
