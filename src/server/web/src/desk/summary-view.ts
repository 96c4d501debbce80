import { html, nothing, type TemplateResult } from "lit";
import { clock, times, unbroken } from "../shared/words";
import type { Summary } from "./contract";

// After the call: at most three numbers that moved, one thing that went well, one to try. What there
// is nothing to tell of has no heading.
export function summaryView(summary: Summary): TemplateResult {
  const { counts } = summary;
  return html`<section class="summary" aria-labelledby="summary-title">
    <h2 id="summary-title" tabindex="-1">The call is over</h2>
    <p class="fine">${clock(summary.duration_s)} long · ${times(counts.alerts, "card", "cards")}${
      counts.alerts > 0 ? html`, ${counts.helpful} helpful, ${counts.wrong} wrong` : ""}</p>
    ${summary.moved.length > 0 ? moved(summary) : nothing}
    ${summary.note ? html`<p class="told">${unbroken(summary.note)}</p>` : nothing}
    ${sentence("Went well", summary.well)}
    ${sentence("One to try", summary.try)}
  </section>`;
}

function moved({ moved }: Summary): TemplateResult {
  return html`<dl class="moved">${moved.map(({ name, from, to }) => html`<div>
    <dt>${name}</dt>
    <dd><span class="unseen">from </span>${from} <span aria-hidden="true">→</span><span class="unseen"> to </span> <b>${to}</b></dd>
  </div>`)}</dl>`;
}

function sentence(title: string, text: string): TemplateResult | typeof nothing {
  return text ? html`<h3>${title}</h3><p class="say">${unbroken(text)}</p>` : nothing;
}
