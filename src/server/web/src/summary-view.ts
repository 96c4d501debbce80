import { html, type TemplateResult } from "lit";
import type { Summary } from "./contract";
import { clock, times } from "./words";

// After the call: three numbers that moved, one thing that went well, one to try.
export function summaryView(summary: Summary): TemplateResult {
  const { counts } = summary;
  return html`<section class="summary" aria-labelledby="summary-title">
    <h2 id="summary-title" tabindex="-1">The call is over</h2>
    <p class="fine">${clock(summary.duration_s)} long · ${times(counts.alerts, "card", "cards")}${
      counts.alerts > 0 ? html`, ${counts.helpful} helpful, ${counts.wrong} wrong` : ""}</p>
    <dl class="moved">${summary.moved.map(({ name, from, to }) => html`<div>
      <dt>${name}</dt>
      <dd><span class="unseen">from </span>${from} <span aria-hidden="true">→</span><span class="unseen"> to </span> <b>${to}</b></dd>
    </div>`)}</dl>
    <h3>Went well</h3>
    <p class="say">${summary.well}</p>
    <h3>One to try</h3>
    <p class="say">${summary.try}</p>
  </section>`;
}
