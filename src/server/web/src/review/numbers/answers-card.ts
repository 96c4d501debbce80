import { html, nothing, svg, type TemplateResult } from "lit";
import type { AnswerKind, Group } from "./contract";
import { groupWord } from "./measure-card";
import { percent } from "../../shared/words";

const kAnswers: readonly AnswerKind[] = ["helpful", "not_now", "wrong", "none"];
const kWord: Record<AnswerKind, string> = { helpful: "helpful", not_now: "not now", wrong: "wrong", none: "no answer" };
const kWidth = 400, kHeight = 16;

// What agents said to alerts, of each group one bar.
export function answersCard(groups: readonly Group[], by: string): TemplateResult {
  const told = groups.flatMap(({ name, all }) => (all.too_few ? [] : [{ name, answers: all.answers }]));
  if (told.every(({ answers }) => countOf(answers) === 0)) {
    return html`<div class="card"><h3>What agents said to alerts</h3><p class="nothing">No alert was shown in a live call.</p></div>`;
  }
  return html`<div class="card wide"><h3>What agents said to alerts</h3>
    <p class="fine">of all alerts that were shown in live calls, whole time</p>
    <div class="table" role="region" aria-label="What agents said to alerts" tabindex="0"><table class="answers">
      <thead><tr><th scope="col"><span class="unseen">Whose</span></th>${kAnswers.map((kind) =>
        html`<th scope="col"><svg class="swatch ${kind}" viewBox="0 0 12 12" aria-hidden="true">${box(kind, 0, 12, 12)}</svg> ${kWord[kind]}</th>`)}</tr></thead>
      <tbody>${told.map(({ name, answers }) => {
        const all = countOf(answers);
        return html`<tr><th scope="row">${groupWord(name, by)}</th>
            ${kAnswers.map((kind) => html`<td class="nowrap">${answers[kind]}${all ? html` <span class="fine">${percent(answers[kind] / all)}</span>` : nothing}</td>`)}</tr>
          ${all ? html`<tr class="picture-row" aria-hidden="true"><td colspan="5">${bar(answers, all)}</td></tr>` : nothing}`;
      })}</tbody></table></div></div>`;
}

const countOf = (answers: Record<AnswerKind, number>): number => kAnswers.reduce((sum, kind) => sum + answers[kind], 0);

function bar(answers: Record<AnswerKind, number>, all: number): TemplateResult {
  let x = 0;
  return html`<svg class="shares" viewBox="0 0 ${kWidth} ${kHeight}" preserveAspectRatio="none">${kAnswers.map((kind) => {
    const width = (kWidth * answers[kind]) / all;
    const part = box(kind, x, width, kHeight);
    x += width;
    return part;
  })}</svg>`;
}

const box = (kind: AnswerKind, x: number, width: number, height: number) =>
  svg`<rect class="share ${kind}" x=${x} y="0" width=${width} height=${height}></rect>`;
