import { html, type TemplateResult } from "lit";
import { Page } from "../page";

class ListPage extends Page {
  protected override render(): TemplateResult {
    return html`<h1 tabindex="-1">Calls</h1>`;
  }
}

customElements.define("review-list", ListPage);
