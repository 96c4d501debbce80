import { html, LitElement, nothing, type TemplateResult } from "lit";
import { times } from "../../shared/words";
import { api, ask, messageOf } from "../api";
import { announce } from "../page";
import { trouble } from "../trouble";

// All that is kept of one caller: to hand out or to delete (GDPR, articles 15 and 17). Sends `removed`.
class CallerData extends LitElement {
  private ref = "";
  private typed = "";
  private failure = "";
  private result = "";
  private busy = false;

  protected override createRenderRoot(): HTMLElement { return this; }

  private async attempt(what: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = "";
    this.result = "";
    this.requestUpdate();
    try {
      await what();
    } catch (error) {
      this.failure = messageOf(error);
    }
    this.busy = false;
    this.requestUpdate();
  }

  private get address(): string { return `/api/callers/${encodeURIComponent(this.ref)}`; }

  // Fetched and not linked to: a refusal is then a sentence here and not a file.
  private exportAll(): Promise<void> {
    return this.attempt(async () => {
      const data = await ask<unknown>("GET", `${this.address}/export`);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }));
      link.download = `caller_${this.ref.replace(/[^\w.-]+/g, "_")}.json`;
      link.click();
      URL.revokeObjectURL(link.href);
      this.result = `Exported what is kept of ${this.ref}.`;
    });
  }

  private async removeAll(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.typed.trim() !== this.ref) return;
    const { ref } = this;
    this.querySelector("dialog")?.close();
    await this.attempt(async () => {
      const { removed } = await api.remove<{ removed: number }>(this.address);
      this.result = removed === 0 ? `There is no call of ${ref}.` : `${times(removed, "call", "calls")} of ${ref} deleted.`;
      announce(this.result);
      this.dispatchEvent(new CustomEvent("removed"));
    });
  }

  private openDialog(): void {
    this.typed = "";
    this.requestUpdate();
    this.querySelector("dialog")?.showModal();
  }

  private take(event: SubmitEvent): void {
    event.preventDefault();
    if (this.ref) void this.exportAll();
  }

  protected override render(): TemplateResult {
    const { ref } = this;
    return html`<section class="prose" aria-labelledby="caller-title">
      <h2 id="caller-title">One caller's data</h2>
      <form class="fields boxed" @submit=${this.take}>
        <label for="caller-ref">Caller reference</label>
        <input id="caller-ref" required maxlength="200" autocomplete="off" .value=${ref}
          @input=${(event: Event) => { this.ref = (event.target as HTMLInputElement).value.trim(); this.requestUpdate(); }}>
        <p class="buttons"><button aria-disabled=${this.busy || !ref}>Export all as JSON</button>
          <button type="button" class="grave" aria-disabled=${this.busy || !ref} @click=${() => { if (ref) this.openDialog(); }}>Delete all…</button></p>
        ${trouble(this.failure)}
        ${this.result ? html`<p role="status">${this.result}</p>` : nothing}
      </form>
      <dialog aria-labelledby="delete-title"><h2 id="delete-title">Delete all calls of ${ref}?</h2>
        <p>Calls, cues, notes, verdicts and recordings of this caller go for good. The audit log keeps that this was done.</p>
        <form class="fields" @submit=${this.removeAll}>
          <label for="typed-ref">Type the reference to confirm</label>
          <input id="typed-ref" autocomplete="off" .value=${this.typed}
            @input=${(event: Event) => { this.typed = (event.target as HTMLInputElement).value; this.requestUpdate(); }}>
          <p class="buttons"><button class="grave" aria-disabled=${this.typed.trim() !== ref}>Delete</button>
            <button type="button" @click=${() => this.querySelector("dialog")?.close()}>Cancel</button></p>
        </form></dialog></section>`;
  }
}

customElements.define("review-caller-data", CallerData);
