import { html, type TemplateResult } from "lit";
import "../list/choice";
import { dayText } from "../list/query";
import type { Facets } from "../contract";
import { change, kWhenWord, type Query, spanOf, type When } from "./query";
import { isDay, moved } from "./days";

export function select(
  name: string, id: string, value: string, options: readonly (readonly [string, string])[], take: (value: string) => void,
): TemplateResult {
  return html`<span class="field"><label class="fine" for=${id}>${name}</label>
    <select id=${id} @change=${(event: Event) => take((event.target as HTMLSelectElement).value)}>
      ${options.map(([word, text]) => html`<option value=${word} ?selected=${word === value} .selected=${word === value}>${text}</option>`)}
    </select></span>`;
}

export function dayField(name: string, id: string, value: string, take: (day: string) => unknown): TemplateResult {
  return html`<span class="field"><label class="fine" for=${id}>${name}</label>
    <input type="date" id=${id} .value=${value} max=${dayText(new Date())}
      @change=${(event: Event) => take((event.target as HTMLInputElement).value)}></span>`;
}

// A range begins with the days that were shown.
export function whenFields(query: Query): TemplateResult {
  const take = (when: When) => {
    const { from, to } = spanOf(query);
    change(when === "range" ? { when, from, to: moved(to, -1) } : { when, from: "", to: "" });
  };
  return html`${select("When", "when", query.when, Object.entries(kWhenWord), (when) => take(when as When))}
    ${query.when === "range" ? html`${dayField("From", "from", query.from, (from) => isDay(from) && change({ from, to: from > query.to ? from : query.to }))}
      ${dayField("To", "to", query.to, (to) => isDay(to) && change({ to, from: to < query.from ? to : query.from }))}` : ""}`;
}

export function whoseFields(query: Query, facets: Facets): TemplateResult {
  const choice = (name: string, field: "team" | "queue", values: readonly string[]) =>
    html`<review-choice name=${name} .options=${values.map((value) => ({ value, name: value }))} .chosen=${query[field]}
      @chosen=${(event: CustomEvent<string[]>) => change({ [field]: event.detail })}></review-choice>`;
  return html`${choice("Team", "team", facets.teams)}${choice("Queue", "queue", facets.queues)}`;
}
