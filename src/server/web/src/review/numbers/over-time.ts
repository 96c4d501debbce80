import { html, nothing, type TemplateResult } from "lit";
import { kDistressNote, times } from "../../shared/words";
import { place } from "../place";
import { answersCard } from "./answers-card";
import { AskedView } from "./asked-view";
import type { Group, GroupBy, OverTime, StepLength } from "./contract";
import { select, whenFields, whoseFields } from "./controls";
import { wholeSpanWord } from "./days";
import { FacetsOf } from "./facets";
import { kLineKinds } from "./marker";
import { begun, groupWord, leastWord } from "./measure-card";
import { kThemes } from "./measures";
import { change, kByWord, kStepWord, overTimeAsked, queryOf } from "./query";

// Each measure for each team or queue, over time.
class OverTimeView extends AskedView<OverTime> {
  private readonly facets = new FacetsOf(this);
  private tables = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.facets.load();
  }

  protected override get wanted(): string { return `/api/numbers?${overTimeAsked(queryOf(place.search))}`; }

  protected override head(): TemplateResult {
    const query = queryOf(place.search);
    return html`<search class="filters" aria-label="Which figures">
      ${whenFields(query)}
      ${select("Steps", "step", query.step, Object.entries(kStepWord), (step) => change({ step: step as StepLength }))}
      ${select("Lines", "by", query.by, Object.entries(kByWord), (by) => change({ by: by as GroupBy }))}
      ${whoseFields(query, this.facets.now)}
      <label class="choice"><input type="checkbox" .checked=${this.tables} @change=${(event: Event) => {
        this.tables = (event.target as HTMLInputElement).checked;
        this.requestUpdate();
      }}>Show all tables</label>
    </search>`;
  }

  protected override told(answer: OverTime): TemplateResult {
    const { groups, by, step, least } = answer;
    const enough = groups.filter(({ all }) => !all.too_few);
    const few = groups.filter(({ all }) => all.too_few);
    if (enough.length === 0) {
      return html`<div class="empty"><h2>Too few calls for figures</h2>
        <p>${begun(leastWord(least))} are needed, so that no figure is about one person. Choose a longer time, or fewer filters.</p></div>`;
    }
    const shown = { groups: enough, step, least };
    const broken = enough.some(({ steps }) => steps.some(({ too_few }) => too_few));
    return html`${amounts(enough, by)}
      <p class="lead">${wholeSpanWord(answer)} (${answer.zone})${step === queryOf(place.search).step ? "" : `, by ${step}: there are too many shorter steps`}.
        ${few.length ? html`Too few for figures (${leastWord(least)} are needed): ${few.map(({ name }) => groupWord(name, by)).join(", ")}.` : nothing}
        ${enough.length > kLineKinds ? html`The first ${kLineKinds} of ${enough.length} are drawn, the tables hold all; choose others
          under ${by === "team" ? "Team" : "Queue"}.` : nothing}
        ${broken ? html`Where a line is broken the ${step} had too little: ${leastWord(least)} are needed.` : nothing}</p>
      ${kThemes.map(({ title, measures }) => html`<section><h2>${title}</h2><div class="cards">
        ${measures.map((measure) => html`<review-measure class="card" .measure=${measure} .shown=${shown} by=${by} ?open=${this.tables}></review-measure>`)}
        ${measures.some(({ name }) => name === "alerts_per_h") ? answersCard(enough, by) : nothing}</div></section>`)}
      <p class="fine">${kDistressNote} Each figure is taken over all calls together: a short call weighs less than a long one.</p>`;
  }
}

function amounts(groups: readonly Group[], by: GroupBy): TemplateResult {
  return html`<dl class="sides">${groups.map(({ name, all }) => (all.too_few ? nothing : html`<div><dt>${groupWord(name, by)}</dt>
    <dd>${times(all.calls, "call", "calls")}, ${all.hours.toFixed(0)}\u00a0h, ${times(all.agents ?? 0, "agent", "agents")}</dd></div>`))}</dl>`;
}

customElements.define("review-over-time", OverTimeView);
