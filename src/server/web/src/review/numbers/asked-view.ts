import { html, LitElement, nothing, type TemplateResult } from "lit";
import { api, isAborted, messageOf } from "../api";
import { announce } from "../page";
import { place } from "../place";
import { trouble } from "../trouble";

// Part of a page that shows one answer of the server, for what the address says. The answer so far stays
// until the next one is there.
export abstract class AskedView<Answer> extends LitElement {
  private answer: Answer | null = null;
  private failure = "";
  private asked: string | null = null;
  private asking: AbortController | null = null;
  private readonly path = place.path;  // It is left: what another address says is not meant for this view.

  // What to ask for now; null: nothing yet.
  protected abstract get wanted(): string | null;
  protected abstract told(answer: Answer): TemplateResult;
  // What stands above the answer.
  protected head(_answer: Answer | null): TemplateResult | typeof nothing { return nothing; }

  protected override createRenderRoot(): HTMLElement { return this; }

  override connectedCallback(): void {
    super.connectedCallback();
    place.addEventListener("change", this.look);
    this.look();
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    place.removeEventListener("change", this.look);
    this.asking?.abort();
  }

  refresh(): void {
    this.asked = null;
    this.look();
  }

  private readonly look = (): void => {
    if (place.path !== this.path) return;
    this.requestUpdate();
    const { wanted } = this;
    if (wanted === this.asked) return;
    this.asked = wanted;
    this.asking?.abort();
    this.asking = null;
    if (wanted === null) this.answer = null;
    else void this.ask(wanted);
  };

  private async ask(wanted: string): Promise<void> {
    const again = this.answer !== null;
    const asking = this.asking = new AbortController();
    this.failure = "";
    try {
      this.answer = await api.get<Answer>(wanted, asking.signal);
      if (again) announce("The figures are new.");
    } catch (error) {
      if (isAborted(error)) return;
      this.failure = messageOf(error);
      this.answer = null;
    }
    if (this.asking === asking) this.asking = null;
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const { answer, failure } = this;
    return html`${this.head(answer)}
      ${trouble(failure, () => this.refresh())}
      ${answer ? html`<div class="answer" aria-busy=${this.asking !== null}>${this.told(answer)}</div>` : nothing}
      ${!answer && !failure && this.asked !== null ? html`<p class="soft">Looking…</p>` : nothing}`;
  }
}
