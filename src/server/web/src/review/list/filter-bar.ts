import { html, nothing, type TemplateResult } from "lit";
import { mark } from "../../shared/icons";
import type { CueKind } from "../../shared/kinds";
import { kCueName } from "../../shared/words";
import type { Facets } from "../contract";
import "./choice";
import type { Option } from "./choice";
import { dayText, type Filters, isUsual, kLeastChoices, kOrderWord, kUsual, kWhenWord, type Order, type When, type YesNo } from "./query";

// @param typed  The change is a letter of a text, and no step to go back to.
export type Change = (to: Partial<Filters>, typed?: boolean) => void;

const kKinds: readonly Option[] = (Object.keys(kCueName) as CueKind[]).map((kind) =>
  ({ value: kind, name: kCueName[kind], picture: mark(kind) }));

export function filterBar(filters: Filters, facets: Facets, change: Change): TemplateResult {
  return html`<search class="filters" aria-label="Filters">
    ${whenField(filters, change)}
    ${choice("Team", "team", facets.teams, filters, change)}
    ${choice("Queue", "queue", facets.queues, filters, change)}
    ${facets.agents.length > 1 ? choice("Agent", "agent", facets.agents, filters, change) : nothing}
    <review-choice name="What happened" .options=${kKinds} .chosen=${filters.kind}
      @chosen=${(event: CustomEvent<CueKind[]>) => change({ kind: event.detail })}></review-choice>
    ${select("Confidence", "least", String(filters.least),
      kLeastChoices.map((least) => [String(least), least ? `at least ${least}\u00a0%` : "any"]), (least) => change({ least: Number(least) }))}
    ${select("Calmed again", "recovered", filters.recovered, [["", "any"], ["no", "no"], ["yes", "yes"]],
      (recovered) => change({ recovered: recovered as YesNo }))}
    ${select("Reviewed", "reviewed", filters.reviewed, [["", "any"], ["no", "not yet"], ["yes", "yes"]],
      (reviewed) => change({ reviewed: reviewed as YesNo }))}
    <label class="choice"><input type="checkbox" .checked=${!filters.flagged}
      @change=${(event: Event) => change({ flagged: !(event.target as HTMLInputElement).checked })}>Calls without flags too</label>
    ${select("Order", "order", filters.order, Object.entries(kOrderWord), (order) => change({ order: order as Order }))}
    <input type="search" id="text" class="search" aria-label="Search in notes" placeholder="Search in notes" maxlength="200"
      .value=${filters.text} @input=${(event: Event) => change({ text: (event.target as HTMLInputElement).value }, true)}
      @keydown=${leave}>
    ${isUsual(filters) ? nothing : html`<button type="button" class="plain" @click=${() => change(kUsual)}>Clear all filters</button>`}
  </search>`;
}

// Back to the calls, with what was typed: letters are shortcuts again.
function leave(event: KeyboardEvent): void {
  if (event.key !== "Enter" && event.key !== "Escape") return;
  event.preventDefault();
  (event.target as HTMLInputElement).blur();
}

function choice(name: string, field: "team" | "queue" | "agent", values: readonly string[], filters: Filters, change: Change): TemplateResult {
  return html`<review-choice name=${name} .options=${values.map((value) => ({ value, name: value }))} .chosen=${filters[field]}
    @chosen=${(event: CustomEvent<string[]>) => change({ [field]: event.detail })}></review-choice>`;
}

function select(
  name: string, id: string, value: string, options: readonly (readonly [string, string])[], take: (value: string) => void,
): TemplateResult {
  return html`<span class="field ${value !== options[0]![0] ? "set" : ""}"><label class="fine" for=${id}>${name}</label>
    <select id=${id} @change=${(event: Event) => take((event.target as HTMLSelectElement).value)}>
      ${options.map(([word, text]) => html`<option value=${word} ?selected=${word === value} .selected=${word === value}>${text}</option>`)}
    </select></span>`;
}

function whenField(filters: Filters, change: Change): TemplateResult {
  const today = dayText(new Date());
  const take = (when: When) => change(when === "range" ? { when, from: today, to: today } : { when, from: "", to: "" });
  const day = (name: "from" | "to", words: string) => html`<span class="field"><label class="fine" for=${name}>${words}</label>
    <input type="date" id=${name} .value=${filters[name]} max=${today} @change=${(event: Event) =>
      change({ [name]: (event.target as HTMLInputElement).value })}></span>`;
  return html`${select("When", "when", filters.when, Object.entries(kWhenWord), (when) => take(when as When))}
    ${filters.when === "range" ? html`${day("from", "From")}${day("to", "To")}` : nothing}`;
}
