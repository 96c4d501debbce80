import { html, nothing, type TemplateResult } from "lit";
import { kDistressNote, times } from "../../shared/words";
import { place } from "../place";
import { session } from "../session";
import { AskedView } from "./asked-view";
import type { Figures, Group, Mine, Span, Step } from "./contract";
import { whenFields } from "./controls";
import { spanWord } from "./days";
import { leastWord } from "./measure-card";
import type { Measure } from "./measures";
import { kLeastCalls, kOwn, type OwnWords, ownWords } from "./own-words";
import { queryOf, spanOf } from "./query";

const kOwnMeasures: readonly Measure[] = [
  ...kOwn.map(({ measure }) => measure),
  { name: "distress_min_per_h", title: "With distressed callers", unit: "min_per_h", of: "minutes per hour of your calls" },
  { name: "agent_talk_share", title: "Your speech", unit: "share", of: "of your calls' length" },
];

// The agent's own weeks, for the agent alone. Nobody to be compared with but oneself.
class MineView extends AskedView<Mine> {
  // Without a name in calls there are no own calls, and the server would say so less kindly.
  protected override get wanted(): string | null {
    return session.person?.agent ? `/api/numbers/mine?${new URLSearchParams(spanOf({ ...queryOf(place.search), step: "week" }))}` : null;
  }

  protected override head(): TemplateResult {
    if (!session.person?.agent) {
      return html`<div class="empty"><h2>No calls of your own</h2>
        <p>Your sign-in is not tied to a name in calls. If you take calls, ask an admin to enter it.</p></div>`;
    }
    return html`<p class="lead">Only you are shown these figures. They compare your weeks with your own weeks before, and with nobody else's.</p>
      <search class="filters" aria-label="Which weeks">${whenFields(queryOf(place.search))}</search>`;
  }

  protected override told(answer: Mine): TemplateResult {
    const { latest, usual, weeks, least } = answer;
    if (!latest) {
      return html`<div class="empty"><h2>Too few calls yet</h2><p>A week needs ${leastWord(least)} to be told of.</p></div>`;
    }
    const shown = { groups: [lineOf("you", latest, weeks), ...(usual ? [steady("your usual", usual, weeks)] : [])], step: "week" as const, least };
    return html`${usual ? own(latest, usual) : html`<p class="lead">There is one week with enough calls, ${spanWord(latest, "week")}. From the next
        one on you can see what moved.</p>`}
      <section><h2>Your weeks</h2><div class="cards">${kOwnMeasures.map((measure) =>
        html`<review-measure class="card" .measure=${measure} .shown=${shown} by="none" whole="latest week"></review-measure>`)}</div></section>
      <p class="fine">${kDistressNote} One week is few calls: some of what moves is chance.
        ${weeks.some(({ too_few }) => too_few) ? html`Where a line is broken the week had too little: ${leastWord(least)} are needed.` : nothing}</p>`;
  }
}

const lineOf = (name: string, latest: Figures, steps: Step[]): Group => ({ name, all: { too_few: false, ...latest }, steps });

// The usual is one figure for all weeks: a level line.
const steady = (name: string, usual: Figures, weeks: readonly Step[]): Group =>
  lineOf(name, usual, weeks.map(({ from, to }) => ({ from, to, too_few: false, ...usual })));

function own(latest: Span & Figures, usual: Figures): TemplateResult {
  const words = ownWords(latest, usual);
  return html`<section aria-labelledby="own-title"><h2 id="own-title">Your week, ${spanWord(latest, "week")}</h2>
    <p class="fine">${times(latest.calls, "call", "calls")}, against your ${times(usual.calls, "call", "calls")} in the weeks before.
      ${latest.calls < kLeastCalls ? `From ${kLeastCalls} calls on it is told in words what moved.` : ""}</p>
    <div class="own">${latest.calls < kLeastCalls ? nothing : moved(words)}
      ${words.hard ? html`<div><h3>A hard one</h3><p>${words.hard}</p></div>` : nothing}</div></section>`;
}

const moved = ({ well, wellFigures, tryThis, tryFigures }: OwnWords): TemplateResult =>
  html`<div><h3>Went well</h3><p>${well}</p>${wellFigures ? html`<p class="fine">${wellFigures}</p>` : nothing}</div>
    <div><h3>To try</h3><p>${tryThis}</p>${tryFigures ? html`<p class="fine">${tryFigures}</p>` : nothing}</div>`;

customElements.define("review-mine", MineView);
