import { html, LitElement, nothing, type TemplateResult } from "lit";
import { times } from "../../shared/words";
import type { Group, Least, StepLength } from "./contract";
import { spanWord } from "./days";
import { kLineKinds, lineSample } from "./marker";
import { type Measure, tickOf, valueOf } from "./measures";
import "./trend-chart";
import type { TrendLine } from "./trend-chart";

export interface Shown { groups: readonly Group[]; step: StepLength; least: Least | { calls: number } }

export const groupWord = (name: string, by: string): string => name || (by === "none" ? "All calls" : `without a ${by}`);

// "at least 5 calls of 3 agents"
export const leastWord = (least: Least | { calls: number }): string =>
  `at least ${times(least.calls, "call", "calls")}${"agents" in least ? ` of ${least.agents} agents` : ""}`;

// One measure: what it is over the whole time, how it went, and the same as a table.
export class MeasureCard extends LitElement {
  static override properties = { measure: { attribute: false }, shown: { attribute: false }, by: {}, whole: {}, open: { type: Boolean }, at: { state: true } };
  declare measure: Measure;
  declare shown: Shown;
  declare by: string;
  declare whole: string;  // What the time of the figure above the drawing is called.
  declare open: boolean;  // The table is shown.
  declare at: number | null;

  constructor() {
    super();
    this.whole = "whole time";
    this.at = null;
  }
  protected override createRenderRoot(): HTMLElement { return this; }

  private value(group: Group, step: number | null): number | null {
    const told = step === null ? group.all : group.steps[step];
    return told && !told.too_few ? (told[this.measure.name] as number | null) : null;
  }

  private get lines(): TrendLine[] {
    return this.shown.groups.slice(0, kLineKinds).map((group, kind) =>
      ({ name: group.name, kind, values: group.steps.map((_, i) => this.value(group, i)) }));
  }

  private get stepWords(): string[] {
    return (this.shown.groups[0]?.steps ?? []).map((step) => spanWord(step, this.shown.step));
  }

  protected override render(): TemplateResult {
    const { measure, at, lines } = this;
    const { groups, least } = this.shown;
    const steps = this.stepWords;
    const drawn = lines.some(({ values }) => values.some((value) => value !== null));
    const tooFew = groups.slice(0, kLineKinds).every((group) => group.steps.every((step) => step.too_few));
    return html`<h3 id="title-${measure.name}">${measure.title}</h3>
      <p class="fine">${measure.of} · ${at === null ? this.whole : steps[at]}</p>
      <ul class="now">${groups.slice(0, kLineKinds).map((group, kind) => html`<li>${groups.length > 1 ? lineSample(kind) : nothing}
        <span class="line-name">${groupWord(group.name, this.by)}</span> <b>${valueOf(this.value(group, at), measure.unit)}</b></li>`)}</ul>
      ${drawn ? html`<review-trend .label=${`${measure.title} over time; the figures are in the table below.`} .lines=${lines} .steps=${steps}
          .format=${(value: number) => tickOf(value, measure.unit)} @at=${(event: CustomEvent<number | null>) => { this.at = event.detail; }}></review-trend>`
        : html`<p class="nothing">Nothing to draw: ${tooFew ? `no ${this.shown.step} has ${leastWord(least)}.` : "nothing of this was counted."}</p>`}
      ${this.table(steps)}`;
  }

  private table(steps: readonly string[]): TemplateResult {
    const { measure } = this;
    const { groups, step } = this.shown;
    return html`<details ?open=${this.open}><summary>As a table<span class="unseen">: ${measure.title}</span></summary>
      <div class="table" role="region" aria-label="${measure.title}, table" tabindex="0"><table>
        <thead><tr><th scope="col">${step === "day" ? "Day" : step === "week" ? "Week" : "Month"}</th>
          ${groups.map(({ name }) => html`<th scope="col">${groupWord(name, this.by)}</th>`)}</tr></thead>
        <tbody>${steps.map((word, i) => html`<tr><th scope="row" class="nowrap">${word}</th>
            ${groups.map((group) => html`<td>${group.steps[i]?.too_few ? "too few" : valueOf(this.value(group, i), measure.unit)}</td>`)}</tr>`)}
          <tr class="sum"><th scope="row">${begun(this.whole)}</th>${groups.map((group) =>
            html`<td>${group.all.too_few ? "too few" : valueOf(this.value(group, null), measure.unit)}</td>`)}</tr></tbody></table></div></details>`;
  }
}

export const begun = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

customElements.define("review-measure", MeasureCard);
