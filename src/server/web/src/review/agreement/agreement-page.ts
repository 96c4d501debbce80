import { html, nothing, type TemplateResult } from "lit";
import { mark } from "../../shared/icons";
import { kCueName, percent, times } from "../../shared/words";
import { begun } from "../numbers/before-after";
import { AskedView } from "../numbers/asked-view";
import type { Agreement, Precision } from "../numbers/contract";
import { whenFields } from "../numbers/controls";
import { wholeSpanWord } from "../numbers/days";
import { intervalBar } from "../numbers/interval-bar";
import { queryOf, spanOf } from "../numbers/query";
import { Page } from "../page";
import { place } from "../place";
import "./threshold-view";

// How reviewers agree, how often cues are right, and what another threshold would have meant.
class AgreementPage extends Page {
  override refresh(): void {
    for (const view of this.children) if (view instanceof AskedView) view.refresh();
  }

  protected override render(): TemplateResult {
    return html`<h1 tabindex="-1">Agreement</h1><review-agreed></review-agreed><review-thresholds></review-thresholds>`;
  }
}

class AgreedView extends AskedView<Agreement> {
  protected override get wanted(): string {
    return `/api/agreement?${new URLSearchParams(spanOf(queryOf(place.search)))}`;
  }

  protected override head(): TemplateResult {
    return html`<p class="lead">What reviewers said of cues (right, wrong, unsure), set side by side. It tells how far the verdicts can be relied on,
        not who is right.</p>
      <search class="filters" aria-label="Which calls">${whenFields(queryOf(place.search))}</search>`;
  }

  protected override told(answer: Agreement): TemplateResult {
    return html`<p class="fine">Calls of ${wholeSpanWord(answer)}</p>
      <section><h2>Do reviewers agree?</h2>${answer.too_few || answer.kappa === null ? tooLittle(answer) : kappa(answer, answer.kappa)}</section>
      <section><h2>How often cues are right</h2>${answer.precision.length ? precisions(answer.precision)
        : html`<p>No cue of this time has a verdict yet. Verdicts are given on the page of a call.</p>`}</section>`;
  }
}

function tooLittle({ too_few, sentence }: Agreement): TemplateResult {
  return html`<p>${begun(sentence)}</p>
    ${too_few ? html`<p class="fine">Ask a colleague to judge the same calls without looking at your verdicts first.</p>` : nothing}`;
}

function kappa(answer: Agreement, value: number): TemplateResult {
  const { low, high, cues, calls, reviewers, agreed_share, mean_of_pairs, pairs } = answer;
  return html`<p class="big">${begun(answer.sentence)}</p>
    <dl class="sides">
      <div><dt>Cohen's kappa</dt><dd><b>${value.toFixed(2)}</b> ${low === null || high === null ? nothing : html`<span class="fine">${low.toFixed(2)} to
        ${high.toFixed(2)} with 95 % confidence</span>`}
        ${intervalBar({ middle: value, low, high, least: Math.min(0, low ?? 0, value), most: 1, mark: 0, sure: (low ?? 0) > 0 })}</dd></div>
      ${agreed_share === null ? nothing : html`<div><dt>Said the same</dt><dd><b>${percent(agreed_share)}</b> <span class="fine">of verdicts on the same cue</span></dd></div>`}
      <div><dt>From</dt><dd>${times(cues, "cue", "cues")} in ${times(calls, "call", "calls")}, ${times(reviewers, "reviewer", "reviewers")}
        ${mean_of_pairs ? html`<span class="fine">mean of ${pairs} pairs of reviewers</span>` : nothing}</dd></div></dl>
    <p class="fine">Kappa is agreement beyond what would come about by chance: 0 is chance alone, 1 is always the same.</p>`;
}

function precisions(all: readonly Precision[]): TemplateResult {
  return html`<div class="table" role="region" aria-label="How often cues are right" tabindex="0"><table>
    <thead><tr><th scope="col">Cue</th><th scope="col">Right of those judged</th><th scope="col">With 95 % confidence</th><th scope="col">Right</th>
      <th scope="col">Wrong</th><th scope="col">Unsure</th></tr></thead>
    <tbody>${all.map(({ kind, precision, low, high, right, wrong, unsure }) => html`<tr>
      <th scope="row"><span class="cue">${mark(kind)} ${kCueName[kind]}</span></th><td>${precision === null ? "–" : percent(precision)}</td>
      <td>${intervalBar({ middle: precision, low, high, least: 0, most: 1, sure: true })}
        <span class="nowrap">${low === null || high === null ? "not known" : `${percent(low)} to ${percent(high)}`}</span></td>
      <td>${right}</td><td>${wrong}</td><td>${unsure}</td></tr>`)}</tbody></table></div>
    <p class="fine">Where several people judged a cue, most of them count; a tie counts as unsure. The bar runs from 0 to 100 %.</p>`;
}

customElements.define("review-agreed", AgreedView);
customElements.define("review-agreement", AgreementPage);
