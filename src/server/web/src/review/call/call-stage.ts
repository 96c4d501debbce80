import { html, LitElement, nothing, render, type TemplateResult } from "lit";
import { mark } from "../../shared/icons";
import type { CueKind, OverlapKind } from "../../shared/kinds";
import { kCueName, kDistressNote } from "../../shared/words";
import type { Note } from "../contract";
import type { CallModel } from "./call-model";
import "./call-timeline";
import type { CallTimeline } from "./call-timeline";
import { overlapKey } from "./overlap-key";
import { kOverlapNames } from "./sign-painter";
import { readout, tipOf } from "./stage-tip";
import type { Under } from "./under";

const kTipAwayPx = 14;

// The time line with its buttons, what the pointer is on, and what the signs mean. What the time line
// sends comes from here, too.
export class CallStage extends LitElement {
  static override properties = {
    model: { attribute: false }, chosenId: { attribute: false }, notes: { attribute: false }, traced: { attribute: false },
  };
  declare model: CallModel;
  declare chosenId: number | null;
  declare notes: readonly Note[];
  declare traced: boolean;
  private head_s = 0;
  private under: Under | null = null;

  protected override createRenderRoot(): HTMLElement { return this; }

  get timeline(): CallTimeline { return this.querySelector<CallTimeline>("call-timeline")!; }

  setHead(time_s: number, playing: boolean): void {
    this.head_s = time_s;
    this.timeline.setHead(time_s, playing);
    this.tellNumbers();
  }

  protected override render(): TemplateResult {
    const whole = this.hasUpdated ? this.timeline.scale.isWhole : true;
    return html`
      <div class="zoom" role="group" aria-label="How much is shown">
        <button type="button" aria-label="Show less, nearer" aria-keyshortcuts="+" @click=${() => this.timeline.zoomIn()}>+</button>
        <button type="button" aria-label="Show more" aria-keyshortcuts="-" ?disabled=${whole} @click=${() => this.timeline.zoomOut()}>\u2212</button>
        <button type="button" aria-keyshortcuts="w" aria-pressed=${String(whole)} @click=${() => this.timeline.showWhole()}>Whole call</button>
      </div>
      <p class="readout fine" aria-hidden="true"></p>
      <call-timeline .model=${this.model} .chosenId=${this.chosenId} .notes=${this.notes} .traced=${this.traced}
        @under=${this.point} @view-changed=${() => this.requestUpdate()} @seek=${this.passOn} @choose=${this.passOn}
        @open-note=${this.passOn}></call-timeline>
      ${this.legend()}
      <div class="tip" hidden aria-hidden="true"></div>`;
  }

  protected override updated(): void { this.tellNumbers(); }

  private legend(): TemplateResult {
    const kinds = [...new Set(this.model.cues.map(({ kind }) => kind))] as CueKind[];
    const overlaps = [...new Set(this.model.overlaps.map(({ kind }) => kind))] as OverlapKind[];
    const estimates = this.model.parties.includes("customer");
    return html`<details class="legend"><summary>What the signs mean</summary>
      ${kinds.length > 0 ? html`<ul aria-label="Moments">${kinds.map((kind) => html`<li>${mark(kind)} ${kCueName[kind]}</li>`)}</ul>` : nothing}
      ${overlaps.length > 0 ? html`<ul aria-label="Both at once">${overlaps.map((kind) => html`<li>${overlapKey(kind)} ${kOverlapNames[kind]}</li>`)}</ul>` : nothing}
      <p class="fine">Voice: how strong the sound was; tinted with a line below where it was speech. Dashed: this voice\u2019s own usual,
        dotted before it was known. Pitch is in semitones (st) from it, level in dB.
        ${estimates ? html`Hatched distress: don\u2019t know. ${kDistressNote}` : nothing}</p>
      <p class="fine">The wheel shows more or less, with Shift it moves; drag moves; a click sets the play-head.</p>
    </details>`;
  }

  // --- What the pointer is on. Drawn apart from the rest: it changes with each movement.

  private point(event: CustomEvent<Under | null>): void {
    this.under = event.detail;
    this.tellNumbers();
    const tip = this.querySelector<HTMLElement>(".tip")!;
    const content = this.under ? tipOf(this.model, this.under) : nothing;
    render(content, tip);
    tip.hidden = content === nothing;
    if (!tip.hidden) this.placeTip(tip);
  }

  private placeTip(tip: HTMLElement): void {
    const { at } = this.under!;
    const left = Math.max(8, Math.min(window.innerWidth - tip.offsetWidth - 16, at.x + kTipAwayPx));
    const below = at.y + kTipAwayPx + tip.offsetHeight < window.innerHeight;
    tip.style.left = `${left}px`;
    tip.style.top = `${below ? at.y + kTipAwayPx : at.y - kTipAwayPx - tip.offsetHeight}px`;
  }

  private tellNumbers(): void {
    const line = this.querySelector(".readout");
    if (line) line.textContent = this.traced ? readout(this.model, this.under?.time_s ?? this.head_s) : "";
  }

  private passOn(event: Event): void {
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent(event.type, { detail: (event as CustomEvent<number>).detail }));
  }
}

customElements.define("call-stage", CallStage);
