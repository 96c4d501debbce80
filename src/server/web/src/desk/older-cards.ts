import { html, LitElement, nothing, type TemplateResult } from "lit";
import { mark } from "../shared/icons";
import { clock, unbroken } from "../shared/words";
import type { ShownCard } from "./call";
import type { Given } from "./card-view";
import type { Answer } from "./contract";
import { kAnswerWord } from "./words";

const differ = (now: ShownCard[], before?: ShownCard[]): boolean =>
  now.length !== before?.length || now.some((card, i) => card !== before[i]);

// The cards that have stepped back: one quiet row each. A row opens to its reason, and to its
// answers while it has none. Sends `given`.
export class OlderCards extends LitElement {
  static override properties = {
    cards: { attribute: false, hasChanged: differ },
    openId: { state: true },
  };
  declare cards: ShownCard[];
  declare openId: number | null;

  constructor() {
    super();
    this.cards = [];
    this.openId = null;
  }

  protected override createRenderRoot(): HTMLElement { return this; }

  protected override render(): TemplateResult | typeof nothing {
    if (this.cards.length === 0) return nothing;
    return html`<ol class="older" aria-label="Earlier cards, the newest first">
      ${this.cards.map((card) => this.row(card))}
    </ol>`;
  }

  private row(card: ShownCard): TemplateResult {
    const open = this.openId === card.id;
    return html`<li>
      <button type="button" class="row" aria-expanded=${String(open)}
        @click=${() => { this.openId = open ? null : card.id; }}>
        ${mark(card.cue)}
        <time>${clock(card.at_s)}</time>
        <span class="what"><span class="unseen">${card.title}: </span>${card.text}</span>
        ${card.answer ? html`<span class="tag">${kAnswerWord[card.answer].toLowerCase()}</span>` : nothing}
      </button>
      ${open ? html`<p class="reason">${card.title}. ${unbroken(card.reason)}</p>` : nothing}
      ${open && card.answer === null ? this.answers(card) : nothing}
    </li>`;
  }

  // No "not now": its moment has passed.
  private answers(card: ShownCard): TemplateResult {
    const button = (answer: Answer) => html`<button type="button"
      @click=${() => this.give({ id: card.id, answer })}>${kAnswerWord[answer]}</button>`;
    return html`<div class="answers small" role="group" aria-label="Was it right to tell you?">
      ${button("helpful")}${button("wrong")}
    </div>`;
  }

  private give(detail: Given): void {
    this.openId = null;
    this.querySelector<HTMLElement>(".row[aria-expanded='true']")?.focus();
    this.dispatchEvent(new CustomEvent<Given>("given", { detail }));
  }
}

customElements.define("desk-older", OlderCards);
