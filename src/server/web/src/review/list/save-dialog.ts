import { html, LitElement, type TemplateResult } from "lit";
import { api, messageOf } from "../api";
import { trouble } from "../trouble";

// Asks for the name of a view and saves it. Sends `saved`.
export class SaveDialog extends LitElement {
  static override properties = { failure: { state: true } };
  declare failure: string;
  private query = "";

  constructor() {
    super();
    this.failure = "";
  }

  protected override createRenderRoot(): HTMLElement { return this; }

  open(query: string): void {
    this.query = query;
    this.failure = "";
    this.querySelector("dialog")?.showModal();
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const name = String(new FormData(form).get("name")).trim();
    if (!name) return void (this.failure = "Give the view a name.");
    try {
      await api.post("/api/views", { name, query: this.query });
      form.reset();
      this.close();
      this.dispatchEvent(new CustomEvent("saved", { detail: name }));
    } catch (error) {
      this.failure = messageOf(error);
    }
  }

  private close(): void { this.querySelector("dialog")?.close(); }

  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="save-title">
      <h2 id="save-title">Save these filters as a view</h2>
      <form class="fields" @submit=${this.submit}>
        <label for="view-name">Name</label>
        <input id="view-name" name="name" required maxlength="80" autocomplete="off">
        <p class="fine">Only you see it. A view of the same name is replaced; the first five open with 1 to 5.</p>
        ${trouble(this.failure)}
        <p class="buttons"><button class="primary">Save</button><button type="button" @click=${this.close}>Cancel</button></p>
      </form>
    </dialog>`;
  }
}

customElements.define("review-save-view", SaveDialog);
