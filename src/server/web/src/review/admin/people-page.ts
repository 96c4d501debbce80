import { html, type TemplateResult } from "lit";
import { Page } from "../page";

class PeoplePage extends Page {
  protected override render(): TemplateResult {
    return html`<h1 tabindex="-1">People</h1>`;
  }
}

customElements.define("review-people", PeoplePage);
