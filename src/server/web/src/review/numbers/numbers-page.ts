import { html, nothing, type TemplateResult } from "lit";
import { Page, type Shortcut } from "../page";
import { place } from "../place";
import { session } from "../session";
import { AskedView } from "./asked-view";
import "./before-after";
import "./exposure-view";
import "./measure-card";
import "./mine-view";
import "./over-time";
import { queryOf, searchOf, type ViewName } from "./query";
import "./scores-view";

const kViews: readonly { name: ViewName; title: string; view: () => TemplateResult }[] = [
  { name: "time", title: "Over time", view: () => html`<review-over-time></review-over-time>` },
  { name: "change", title: "Before and after", view: () => html`<review-before-after></review-before-after>` },
  { name: "exposure", title: "Planning breaks", view: () => html`<review-exposure></review-exposure>` },
  { name: "scores", title: "Scores", view: () => html`<review-scores></review-scores>` },
  { name: "mine", title: "Your own", view: () => html`<review-mine></review-mine>` },
];

// Figures of many calls. Agents see their own and no others.
class NumbersPage extends Page {
  override connectedCallback(): void {
    super.connectedCallback();
    place.addEventListener("change", this.onPlace);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    place.removeEventListener("change", this.onPlace);
  }

  override refresh(): void {
    const view = this.lastElementChild;
    if (view instanceof AskedView) view.refresh();
  }

  override get shortcuts(): readonly Shortcut[] {
    return this.views.length > 1 ? this.views.map(({ title }, i) => ({ keys: String(i + 1), does: title })) : [];
  }
  override takeKey(key: string): boolean {
    const view = this.views.length > 1 ? this.views[Number(key) - 1] : undefined;
    if (view) place.go(this.addressOf(view.name));
    return view !== undefined;
  }

  private addressOf(name: ViewName): string {
    return `/numbers${searchOf({ ...queryOf(place.search), view: name, kind: "" })}`;
  }

  private readonly onPlace = (): void => this.requestUpdate();

  private get views(): typeof kViews {
    if (!session.mayReview) return kViews.filter(({ name }) => name === "mine");
    return session.person?.agent ? kViews : kViews.filter(({ name }) => name !== "mine");
  }

  protected override render(): TemplateResult {
    const query = queryOf(place.search);
    const { views } = this;
    const shown = views.find(({ name }) => name === query.view) ?? views[0]!;
    return html`<h1 tabindex="-1">Numbers</h1>
      ${views.length > 1 ? html`<nav class="views" aria-label="Kinds of numbers"><ul>${views.map(({ name, title }) =>
        html`<li><a href=${this.addressOf(name)} aria-current=${name === shown.name ? "page" : nothing}>${title}</a></li>`)}</ul></nav>` : nothing}
      ${shown.view()}`;
  }
}

customElements.define("review-numbers", NumbersPage);
