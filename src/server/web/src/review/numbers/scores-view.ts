import { html, nothing, type TemplateResult } from "lit";
import { kCueName, signed, times } from "../../shared/words";
import { messageOf } from "../api";
import { announce } from "../page";
import { place } from "../place";
import { trouble } from "../trouble";
import { kPartyName } from "../words";
import { AskedView } from "./asked-view";
import type { Imported, Scores, ScoredMeasure } from "./contract";
import { select, whenFields } from "./controls";
import { intervalBar, roundZero } from "./interval-bar";
import { titleOf } from "./measures";
import { change, queryOf, spanOf } from "./query";
import { sendScores } from "./send-scores";

// Scores from elsewhere (CSAT, QA), set against what was measured.
class ScoresView extends AskedView<Scores> {
  private sending = false;
  private imported: Imported | null = null;
  private trouble = "";

  protected override get wanted(): string {
    const query = queryOf(place.search);
    const asked = new URLSearchParams({ ...spanOf(query), ...(query.kind ? { kind: query.kind } : {}) });
    return `/api/numbers/scores?${asked}`;
  }

  private async take(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (!file || this.sending) return;
    this.sending = true;
    this.imported = null;
    this.trouble = "";
    this.requestUpdate();
    try {
      this.imported = await sendScores(file);
      announce(this.imported.taken > 0 ? "The scores are in." : "No score was taken.");
      this.refresh();
    } catch (error) {
      this.trouble = messageOf(error);
    }
    this.sending = false;
    input.value = "";  // So that the mended file of the same name counts as chosen.
    this.requestUpdate();
  }

  protected override head(answer: Scores | null): TemplateResult {
    const query = queryOf(place.search);
    const kinds = answer?.kinds ?? [];
    const names = [...new Set([...kinds.map(({ kind }) => kind), ...(query.kind ? [query.kind] : [])])];
    return html`<search class="filters" aria-label="Which scores">${whenFields(query)}
        ${names.length ? select("Score", "kind", query.kind, [["", "choose one"], ...names.map((name) =>
          [name, nameWord(name, kinds.find(({ kind }) => kind === name)?.calls)] as const)], (kind) => change({ kind })) : nothing}</search>
      <section class="boxed import"><h2><label for="scores">Bring in scores</label></h2>
        <p class="fine" id="scores-hint">A CSV file, at most 16 MB (a year of 100,000 scores has 4), whose first line is <code>source,kind,value</code> (the recording's name) or
          <code>call_id,kind,value</code>; a fourth column <code>at</code>, a date, may follow. The kind is a word of yours: CSAT, QA. A score of the
          same kind and call is replaced.</p>
        <p><input id="scores" type="file" accept=".csv,text/csv" aria-describedby="scores-hint" ?disabled=${this.sending}
          @change=${(event: Event) => void this.take(event.target as HTMLInputElement)}></p>
        ${trouble(this.trouble)}
        ${this.imported ? outcome(this.imported) : nothing}
      </section>`;
  }

  protected override told(answer: Scores): TemplateResult {
    if (answer.kinds.length === 0) return html`<p>No call of this time has a score yet.</p>`;
    if (answer.kind === null) return html`<p>Choose a score above to see what goes with it.</p>`;
    const { calls = 0, agents = 0, mean = 0, least, measures = [], presence = [] } = answer;
    if (answer.too_few) {
      const scored = answer.kinds.find(({ kind }) => kind === answer.kind)?.calls ?? 0;
      return html`<div class="empty"><h2>Too few scored calls</h2>
        <p>${least ? `At least ${least.calls} calls of ${least.agents} agents are needed; ${times(scored, "call has", "calls have")} this score.` : nothing}</p></div>`;
    }
    return html`<p class="lead">${times(calls, "call", "calls")} of ${times(agents, "agent", "agents")} have ${answer.kind}; the mean is ${mean.toFixed(2)}.
        What goes together is no proof of a cause: upset callers give low scores whatever the agent does.</p>
      <h2>What goes with the score</h2>
      <div class="table" role="region" aria-label="What goes with the score" tabindex="0"><table>
        <thead><tr><th scope="col">What</th><th scope="col">Spearman's rho</th><th scope="col">With 95 % confidence</th><th scope="col">Calls</th>
          <th scope="col">In words</th></tr></thead>
        <tbody>${measures.map((one) => html`<tr><th scope="row">${titleOf(one.name)}</th><td>${one.rho === null ? "–" : signed(one.rho, 2)}</td>
          <td>${intervalBar({ ...one, middle: one.rho, least: -1, most: 1, mark: 0, sure: isShown(one) })}
            <span class="nowrap">${rangeWord(one)}</span></td><td>${one.calls}</td><td class="words">${rhoWord(one)}</td></tr>`)}</tbody></table></div>
      ${presence.length ? this.presence(answer) : nothing}`;
  }

  private presence({ kind, presence = [] }: Scores): TemplateResult {
    return html`<h2>The mean ${kind} with and without</h2>
      <div class="table" role="region" aria-label="The mean score with and without" tabindex="0"><table>
        <thead><tr><th scope="col">What happened in the call</th><th scope="col">With it</th><th scope="col">Without</th><th scope="col">Difference</th>
          <th scope="col">With 95 % confidence</th></tr></thead>
        <tbody>${presence.map((one) => html`<tr><th scope="row">${kCueName[one.cue]}, ${kPartyName[one.party].toLowerCase()}</th>${one.too_few
          ? html`<td>too few</td><td>–</td><td>–</td><td>at least 5 calls on both sides are needed</td>`
          : html`<td>${one.with.mean.toFixed(2)} <span class="fine">${times(one.with.calls, "call", "calls")}</span></td>
            <td>${one.without.mean.toFixed(2)} <span class="fine">${times(one.without.calls, "call", "calls")}</span></td><td>${signed(one.difference, 2)}</td>
            <td>${intervalBar({ ...one, ...roundZero([one.low, one.high, one.difference]), middle: one.difference, sure: isShown(one) })}
              <span class="nowrap">${rangeWord(one)}</span></td>`}</tr>`)}</tbody></table></div>`;
  }
}

const nameWord = (name: string, calls: number | undefined): string => (calls === undefined ? name : `${name} (${times(calls, "call", "calls")})`);

// What became of a file of scores.
const outcome = (imported: Imported): TemplateResult => html`<div role="status">
    ${imported.taken > 0 ? html`<p class="fits"><span class="sign good" aria-hidden="true">✓</span><span>${takenWord(imported)}</span></p>`
      : html`<p>No score was taken.</p>`}
    ${imported.without_call > 0 ? html`<p>${withoutCallWord(imported)}</p>` : nothing}
    ${imported.bad > 0 ? html`<p>${times(imported.bad, "line", "lines")} could not be used${imported.bad > imported.problems.length ? "; the first are" : ""}:</p>
      <ul class="problems">${imported.problems.map((problem) => html`<li>${problem}</li>`)}</ul>` : nothing}</div>`;

const takenWord = ({ taken, new: fresh, replaced }: Imported): string =>
  `${times(taken, "score", "scores")} taken: ${fresh} new, ${replaced} replaced.`;

function withoutCallWord({ without_call: count, lines_without_call: lines }: Imported): string {
  const named = `${lines.length === 1 ? "line" : "lines"} ${lines.join(", ")}${count > lines.length ? " and more" : ""}`;
  return `${times(count, "score", "scores")} found no call of yours (${named}): a call of that name or number is not there, or not yours to see.`;
}

type Range = { low: number | null; high: number | null };
const isShown = ({ low, high }: Range): boolean => low !== null && high !== null && (low > 0 || high < 0);
const rangeWord = ({ low, high }: Range): string => (low === null || high === null ? "not known" : `${signed(low, 2)} to ${signed(high, 2)}`);

// How strong: the usual bounds of Cohen (1988), 0.1, 0.3, 0.5.
function rhoWord(one: ScoredMeasure): string {
  if (one.rho === null) return "Too few calls to say.";
  if (!isShown(one)) return "Nothing that these calls could show.";
  const size = Math.abs(one.rho);
  const strength = size < 0.1 ? "hardly at all" : size < 0.3 ? "a little" : size < 0.5 ? "clearly" : "strongly";
  return `Where it is higher, scores are ${one.rho < 0 ? "lower" : "higher"}: ${strength}.`;
}

customElements.define("review-scores", ScoresView);
