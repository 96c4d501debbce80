import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { picture } from "../shared/icons";
import { unbroken } from "../shared/words";
import type { ShownCard } from "./call";
import type { Answer, SnoozeMinutes } from "./contract";
import { kAnswerWord } from "./words";

const kSnoozes: readonly { minutes: SnoozeMinutes; key: string }[] = [
  { minutes: 2, key: "2" },
  { minutes: 10, key: "1" },
  { minutes: 60, key: "6" },
];

// A hand on its way to the last card must not answer the one that has just come.
const kTooSoonMs = 600;

const kLongText = 26;  // Characters; beyond, the line is set smaller to keep to a few rows.

export interface Given { id: number; answer: Answer; minutes?: SnoozeMinutes }

// The one card: what to do, why, and three ways to answer it. Sends `given`.
export class CardView extends LitElement {
  static override properties = {
    card: { attribute: false }, keys: { attribute: false }, choosing: { state: true },
  };
  declare card: ShownCard;
  declare keys: boolean;  // Letter keys are on, so they are shown.
  declare choosing: boolean;
  private onTopSinceMs = 0;

  constructor() {
    super();
    this.choosing = false;
  }

  protected override createRenderRoot(): HTMLElement { return this; }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("card") || changed.get("card")?.id === this.card.id) return;
    this.onTopSinceMs = performance.now();
    this.choosing = false;
  }

  protected override render(): TemplateResult {
    const { card } = this;
    const over = card.cleared_at_s !== null;
    const size = card.text.length > kLongText ? "long" : "short";
    return html`<article class="card ${card.cue} ${over ? "over" : ""}" aria-labelledby="card-text">
      <header>
        ${picture(card.cue)}
        <p class="title">${card.title}${this.tag()}</p>
      </header>
      <h2 id="card-text" class="text ${size}">${card.text}</h2>
      <p class="reason">${unbroken(card.reason)}</p>
      <div class="answers" role="group" aria-label="Was it right to tell you?">
        ${this.answerButton("helpful", "h", () => this.give("helpful"))}
        ${this.answerButton("not_now", "n", () => this.toggleSnooze())}
        ${this.answerButton("wrong", "w", () => this.give("wrong"))}
      </div>
      ${this.choosing ? this.snoozes() : nothing}
    </article>`;
  }

  // @return whether the key was for this card.
  takeKey(key: string): boolean {
    if (this.choosing) {
      const chosen = kSnoozes.find((snooze) => snooze.key === key);
      if (chosen) return this.give("not_now", chosen.minutes), true;
      if (key === "escape") return void this.toggleSnooze(), true;
      if (key === "arrowright" || key === "arrowdown") return this.moveChoice(1), true;
      if (key === "arrowleft" || key === "arrowup") return this.moveChoice(-1), true;
    }
    if (key === "h") return this.give("helpful"), true;
    if (key === "w") return this.give("wrong"), true;
    if (key === "n") return void this.toggleSnooze(), true;
    return false;
  }

  private tag(): TemplateResult | typeof nothing {
    if (this.card.cleared_at_s !== null) return html` <span class="tag">over</span>`;
    return this.card.escalation ? html` <span class="tag">still so</span>` : nothing;
  }

  private answerButton(answer: Answer, key: string, press: () => void): TemplateResult {
    const given = this.card.answer === answer;
    const opens = answer === "not_now" && this.card.answer === null;
    return html`<button type="button" class="answer ${answer} ${given ? "given" : ""}"
      aria-keyshortcuts=${this.keys ? key : nothing}
      aria-pressed=${answer === "not_now" ? nothing : String(given)}
      aria-expanded=${opens ? String(this.choosing) : nothing}
      aria-disabled=${this.card.answer === null ? nothing : "true"}
      @click=${press}>${given ? html`<span aria-hidden="true">✓ </span>` : nothing}${
      this.withKey(kAnswerWord[answer])}${given && answer === "not_now" ? html`<span class="unseen">: chosen</span>` : nothing}</button>`;
  }

  private snoozes(): TemplateResult {
    return html`<div class="snoozes" role="group" aria-label="No cards for">
      <span aria-hidden="true">No cards for</span>
      ${kSnoozes.map(({ minutes, key }) => html`<button type="button"
        aria-keyshortcuts=${this.keys ? key : nothing} aria-label="${minutes} min"
        @click=${() => this.give("not_now", minutes)}>${this.withKey(`${minutes} min`)}</button>`)}
    </div>`;
  }

  // The key is the first letter, underlined.
  private withKey(word: string): unknown {
    return this.keys ? html`<u>${word[0]}</u>${word.slice(1)}` : word;
  }

  private async toggleSnooze(): Promise<void> {
    if (this.locked()) return;
    this.choosing = !this.choosing;
    await this.updateComplete;
    this.querySelector<HTMLElement>(this.choosing ? ".snoozes button" : ".not_now")?.focus();
  }

  private moveChoice(step: number): void {
    const buttons = [...this.querySelectorAll<HTMLElement>(".snoozes button")];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  }

  private give(answer: Answer, minutes?: SnoozeMinutes): void {
    if (this.locked()) return;
    const held = this.querySelector(".snoozes")?.contains(document.activeElement);
    this.choosing = false;
    if (held) this.querySelector<HTMLElement>(".not_now")?.focus();
    this.dispatchEvent(new CustomEvent<Given>("given", {
      detail: { id: this.card.id, answer, ...(minutes ? { minutes } : {}) },
    }));
  }

  private locked(): boolean {
    return this.card.answer !== null || performance.now() - this.onTopSinceMs < kTooSoonMs;
  }
}

customElements.define("desk-card", CardView);
