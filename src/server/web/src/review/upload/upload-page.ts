import { html, type TemplateResult } from "lit";
import { Page } from "../page";

class UploadPage extends Page {
  protected override render(): TemplateResult {
    return html`<h1 tabindex="-1">Upload</h1>`;
  }
}

customElements.define("review-upload", UploadPage);
