import { html, nothing, svg, type TemplateResult } from "lit";
import type { CueKind } from "../../shared/kinds";
import { kCueName, percent, times } from "../../shared/words";
import { AskedView } from "../numbers/asked-view";
import { begun } from "../numbers/before-after";
import type { NoThresholds, Thresholds, ThresholdStep } from "../numbers/contract";
import { select } from "../numbers/controls";
import { change, queryOf, spanOf } from "../numbers/query";
import { place } from "../place";

const kWidth = 480, kHeight = 120, kEdge = 8;

const kindOf = (word: string): CueKind => (Object.hasOwn(kCueName, word) ? (word as CueKind) : "distress");

// A slider over the thresholds: which alerts would have been kept, and what would have been lost.
class ThresholdView extends AskedView<Thresholds | NoThresholds> {
  private chosen: number | null = null;  // A threshold; null: the advised one.

  private get question(): URLSearchParams {
    const query = queryOf(place.search);
    return new URLSearchParams({ kind: kindOf(query.kind), ...spanOf(query) });
  }
  protected override get wanted(): string { return `/api/thresholds?${this.question}`; }

  protected override head(): TemplateResult {
    const kind = kindOf(queryOf(place.search).kind);
    return html`<h2>What another threshold would have meant</h2>
      <p class="filters">${select("Cue", "kind", kind, Object.entries(kCueName), (word) => {
        this.chosen = null;
        change({ kind: word === "distress" ? "" : word });
      })}
        <a href="/api/verdicts.csv?${this.question}" download>Verdicts as CSV<span class="unseen">, ${kCueName[kind]}</span></a>
        <span class="fine">for tonecue calibrate --verdicts, and as training labels</span></p>`;
  }

  protected override told(answer: Thresholds | NoThresholds): TemplateResult {
    if (answer.setting === null) return html`<p>${begun(answer.sentence)}</p>`;
    const { right, wrong, unsure, too_few, steps } = answer;
    if (too_few || steps.length === 0) return html`<p>${begun(answer.sentence)}</p>`;
    const wanted = this.chosen ?? answer.advice?.threshold ?? steps[0]!.threshold;
    const at = nearest(steps, wanted);
    return html`<p class="big">${begun(answer.sentence)}</p>
      ${this.slider(answer, at)}
      <p>The threshold is <code>${answer.setting}</code> in the settings of tonecue; an admin can write
        <code>${lineOf(answer.setting, steps[at]!.threshold)}</code> there.</p>
      <p class="fine">From ${times(right, "right", "right")}, ${wrong} wrong and ${unsure} unsure. A cue that would have reached the higher threshold later
        counts as lost: the figures are the most that could be lost.</p>
      ${table(answer)}`;
  }

  private slider(answer: Thresholds, at: number): TemplateResult {
    const { steps } = answer;
    const step = steps[at]!;
    const words = outcome(answer, step);
    return html`<div class="card threshold">
      <label for="threshold"><b>Threshold ${step.threshold.toFixed(2)}</b>${answer.advice && at === nearest(steps, answer.advice.threshold) ? " (advised)" : ""}</label>
      <div class="curves-box"><p class="shares-scale" aria-hidden="true"><span>100\u00a0%</span><span>50\u00a0%</span><span>0</span></p>
      ${curves(answer, at)}
      <input type="range" id="threshold" min="0" max=${steps.length - 1} step="1" .value=${String(at)} aria-valuetext="${step.threshold.toFixed(2)}: ${words.join("; ")}"
        @input=${(event: Event) => {
          this.chosen = steps[Number((event.target as HTMLInputElement).value)]!.threshold;
          this.requestUpdate();
        }}>
      <p class="thresholds-scale" aria-hidden="true"><span>${steps[0]!.threshold.toFixed(2)}</span><span>${steps.at(-1)!.threshold.toFixed(2)}</span></p></div>
      <ul class="outcome">${words.map((word, i) => html`<li>${i === 0 ? nothing : sample(i)} ${word}</li>`)}</ul></div>`;
  }
}

const outcome = ({ cues, right, wrong }: Thresholds, step: ThresholdStep): string[] => [
  `${step.cues_kept} of ${cues} alerts kept${cues ? ` (${percent(1 - step.cues_kept / cues)} fewer)` : ""}`,
  `${step.right_kept} of ${right} right ones kept, ${right - step.right_kept} lost`,
  `${step.wrong_dropped} of ${wrong} wrong ones dropped`,
];

// The two that are weighed against each other, each as a share of its own.
function curves({ steps, right, wrong }: Thresholds, at: number): TemplateResult {
  const x = (i: number) => kEdge + ((kWidth - 2 * kEdge) * i) / Math.max(steps.length - 1, 1);
  const y = (share: number) => kEdge + (kHeight - 2 * kEdge) * (1 - share);
  const path = (share: (step: ThresholdStep) => number) => steps.map((step, i) => `${i ? "L" : "M"}${x(i).toFixed(1)} ${y(share(step)).toFixed(1)}`).join("");
  return html`<svg class="curves" viewBox="0 0 ${kWidth} ${kHeight}" preserveAspectRatio="none" aria-hidden="true">
    ${[0, 0.5, 1].map((share) => svg`<path class="grid" d="M${kEdge} ${y(share)}H${kWidth - kEdge}"></path>`)}
    <path class="here" d="M${x(at)} 0V${kHeight}"></path>
    <path class="kept" d=${path((step) => (right ? step.right_kept / right : 0))}></path>
    <path class="dropped" d=${path((step) => (wrong ? step.wrong_dropped / wrong : 0))}></path></svg>`;
}

const sample = (which: number): TemplateResult =>
  html`<svg class="sample" viewBox="0 0 30 12" aria-hidden="true"><path class=${which === 1 ? "kept" : "dropped"} d="M0 6H30"></path></svg>`;

function table(answer: Thresholds): TemplateResult {
  const { steps, cues, right, wrong } = answer;
  return html`<details><summary>As a table<span class="unseen">: thresholds</span></summary>
    <div class="table" role="region" aria-label="Thresholds" tabindex="0"><table>
      <thead><tr><th scope="col">Threshold</th><th scope="col">Alerts kept of ${cues}</th><th scope="col">Right ones kept of ${right}</th>
        <th scope="col">Wrong ones dropped of ${wrong}</th></tr></thead>
      <tbody>${steps.map((step) => html`<tr><th scope="row">${step.threshold.toFixed(2)}</th><td>${step.cues_kept}</td><td>${step.right_kept}</td>
        <td>${step.wrong_dropped}</td></tr>`)}</tbody></table></div></details>`;
}

function nearest(steps: readonly ThresholdStep[], threshold: number): number {
  const far = (i: number) => Math.abs(steps[i]!.threshold - threshold);
  return steps.reduce((best, _, i) => (far(i) < far(best) ? i : best), 0);
}

// "[distress] raise_probability" -> "raise_probability = 0.72"
const lineOf = (setting: string, threshold: number): string => `${setting.replace(/^\[.*\]\s*/, "")} = ${threshold.toFixed(2)}`;

customElements.define("review-thresholds", ThresholdView);
