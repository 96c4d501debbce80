import { html, nothing, type TemplateResult } from "lit";
import { times } from "../../shared/words";
import { place } from "../place";
import { AskedView } from "./asked-view";
import type { Amount, Change, ChangedMeasure, Span } from "./contract";
import { dayField, select, whoseFields } from "./controls";
import { dayOfYearWord, wholeSpanWord } from "./days";
import { FacetsOf } from "./facets";
import { intervalBar, roundZero } from "./interval-bar";
import { leastWord } from "./measure-card";
import { differenceOf, intervalOf, titleOf, valueOf } from "./measures";
import { addWhose, change, kDaysChoices, queryOf } from "./query";

// Did something change on a day: each measure before and after, with what these calls leave open.
class BeforeAfterView extends AskedView<Change> {
  private readonly facets = new FacetsOf(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.facets.load();
  }

  protected override get wanted(): string | null {
    const query = queryOf(place.search);
    if (!query.on) return null;
    const asked = new URLSearchParams({ on: query.on, days: String(query.days) });
    addWhose(asked, query);
    return `/api/numbers/change?${asked}`;
  }

  protected override head(answer: Change | null): TemplateResult {
    const query = queryOf(place.search);
    return html`<search class="filters" aria-label="What to compare">
        ${dayField("The day", "on", query.on, (on) => change({ on }))}
        ${select("Before and after it", "days", String(query.days), kDaysChoices.map((days) => [String(days), `${days / 7} weeks`]),
          (days) => change({ days: Number(days) }))}
        ${whoseFields(query, this.facets.now)}
      </search>
      ${answer || query.on ? nothing : html`<div class="empty"><h2>Did it help?</h2>
        <p>Choose the day on which something changed, a training for example. Each measure is then told before and after that day, with
          how sure these calls can be of the difference. Decide first what you expect to change, then look.</p></div>`}`;
  }

  protected override told(answer: Change): TemplateResult {
    const { before, after, others } = answer;
    if (answer.too_few) {
      return html`<div class="empty"><h2>Too few calls to compare</h2>
        <p>On both sides of ${dayOfYearWord(answer.on)} ${leastWord(answer.least)} are needed. Choose more weeks, or fewer filters.</p></div>`;
    }
    return html`<dl class="sides">${side("Before", before)}${side("After", after)}
        ${others ? html`<div><dt>Others in the same time</dt><dd>${amountWord(others.before)} before, ${amountWord(others.after)} after</dd></div>` : nothing}</dl>
      <p class="lead">${begun(answer.note)}</p>
      <div class="table" role="region" aria-label="Before and after" tabindex="0"><table class="changes">
        <thead><tr><th scope="col">What</th><th scope="col">Before</th><th scope="col">After</th><th scope="col">Difference</th>
          <th scope="col">With 95 % confidence</th><th scope="col">In words</th></tr></thead>
        <tbody>${answer.measures.map(row)}</tbody></table></div>
      <p class="fine">A filled bar leaves out the line of no change; an empty one crosses it, or nothing is known: the difference may be chance.
        ${others ? "Beyond the others: the change less that of the other calls in the same time, so that a season is not taken for a training." : ""}</p>`;
  }
}

function side(word: string, span: Span & Partial<Amount>): TemplateResult {
  return html`<div><dt>${word}</dt><dd>${wholeSpanWord(span)}: ${amountWord({ calls: span.calls ?? 0, agents: span.agents ?? 0 })}</dd></div>`;
}

const amountWord = ({ calls, agents }: Amount): string => `${times(calls, "call", "calls")} of ${times(agents, "agent", "agents")}`;

function row(measure: ChangedMeasure): TemplateResult {
  const { unit, beyond_others: beyond, others } = measure;
  const scale = roundZero([measure.low, measure.high, measure.difference, beyond?.low ?? null, beyond?.high ?? null]);
  return html`<tr><th scope="row" rowspan=${beyond ? 2 : 1}>${titleOf(measure.name)}</th>
      <td class="nowrap">${valueOf(measure.before, unit)}</td><td class="nowrap">${valueOf(measure.after, unit)}</td><td class="nowrap">${differenceOf(measure.difference, unit)}</td>
      <td>${intervalBar({ ...measure, ...scale, middle: measure.difference, sure: measure.shown })}
        <span class="nowrap">${intervalOf(measure.low, measure.high, unit)}</span></td>
      <td class="words">${begun(measure.sentence)}</td></tr>
    ${beyond ? html`<tr class="beyond"><td colspan="2">beyond the others${others ? html` <span class="fine">(theirs:
        ${differenceOf(others.difference, unit)})</span>` : nothing}</td><td class="nowrap">${differenceOf(beyond.difference, unit)}</td>
      <td>${intervalBar({ ...beyond, ...scale, middle: beyond.difference, sure: beyond.shown })}
        <span class="nowrap">${intervalOf(beyond.low, beyond.high, unit)}</span></td>
      <td class="words">${begun(beyond.sentence)}</td></tr>` : nothing}`;
}

// The server's sentences begin small, and have a hyphen for a minus; here they stand alone.
export const begun = (sentence: string): string =>
  sentence ? `${sentence.charAt(0).toUpperCase()}${sentence.slice(1).replace(/[.\s]+$/, "").replace(/(?<![\w-])-(?=\d)/g, "\u2212")}.` : "";

customElements.define("review-before-after", BeforeAfterView);
