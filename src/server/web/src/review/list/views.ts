import { html, nothing, type TemplateResult } from "lit";
import type { View } from "../contract";
import { session } from "../session";

export interface Slot { name: string; query: string; saved: View | null }

// What a number opens as long as nothing is saved under it.
const suggested = (): readonly { name: string; query: string }[] => [
  { name: "Last 7 days", query: "when=7d" },
  session.mayReview ? { name: "Not reviewed, 7 days", query: "when=7d&reviewed=no" } : { name: "Last 30 days", query: "when=30d" },
  { name: "Did not calm, 7 days", query: "when=7d&recovered=no" },
  { name: "Cut off, 7 days", query: "when=7d&kind=interruption" },
  { name: "All of today", query: "flagged=any&order=newest" },
];
const kSlots = 5;

// 1 to 5: saved views, by name, in their place suggestions. More saved views follow without a number.
export function slotsOf(views: readonly View[]): Slot[] {
  const slots: Slot[] = views.map((view) => ({ name: view.name, query: view.query, saved: view }));
  for (let i = slots.length; i < kSlots; ++i) slots.push({ ...suggested()[i]!, saved: null });
  return slots;
}

export const addressOf = (query: string): string => (query ? `/?${query}` : "/");

export function viewsBar(
  slots: readonly Slot[], search: string, remove: (view: View) => void, save: () => void,
): TemplateResult {
  const now = search.replace(/^\?/, "");
  const link = (name: string, query: string, number: number | null) => html`<a href=${addressOf(query)}
    aria-current=${query === now ? "true" : nothing}>${number === null ? nothing : html`<kbd>${number}</kbd> `}${name}</a>`;
  return html`<nav class="views" aria-label="Views"><ul>
    <li>${link("Today", "", 0)}</li>
    ${slots.map(({ name, query, saved }, i) => html`<li class=${saved ? "saved" : "suggested"}>
      ${link(name, query, i < kSlots ? i + 1 : null)}
      ${saved ? html`<button type="button" class="plain small" title="Remove this view" aria-label="Remove the view ${name}"
        @click=${() => remove(saved)}>×</button>` : nothing}</li>`)}
    <li><button type="button" class="plain" @click=${save}>Save as view…</button></li>
  </ul></nav>`;
}
