import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { times } from "../../shared/words";
import { api, isAborted, messageOf } from "../api";
import type { CallEntry, CallPage, Facets, View } from "../contract";
import { announce, type CallChange, Page, type Shortcut } from "../page";
import { place } from "../place";
import { session } from "../session";
import { trouble } from "../trouble";
import { callRow } from "./call-row";
import { type Change, filterBar } from "./filter-bar";
import { askedOf, dayText, type Filters, filtersOf, isUsual, kUsual, kWhenWord, searchOf } from "./query";
import "./save-dialog";
import type { SaveDialog } from "./save-dialog";
import { addressOf, slotsOf, viewsBar } from "./views";

const kPerPage = 50;
const kAfterTypingMs = 300;

// Which calls, which moments, what happened. Stays while a call is looked at, and finds back to it.
class ListPage extends Page {
  private filters: Filters = kUsual;
  private search: string | null = null;  // Of what is loaded.
  private isBehind = false;              // There are calls that it has not asked for.
  private loadedOn = "";                 // The day.
  private calls: CallEntry[] = [];
  private next: string | null = null;
  private total = 0;
  private left: number | null = null;    // Not reviewed among `total`; null: not known.
  private loading = true;
  private failure = "";
  private facets: Facets = { teams: [], queues: [], agents: [] };
  private views: View[] = [];
  private current = 0;                   // The call one stands on; 0: none yet.
  private scrollY = 0;
  private typing = 0;
  private asking = new AbortController();

  override get shortcuts(): readonly Shortcut[] {
    const slots = slotsOf(this.views).slice(0, 5);
    return [
      { keys: "j k", does: "next and previous call" },
      { keys: "Enter", does: "opens the call" },
      ...(session.mayReview ? [{ keys: "Space", does: "marks the call as reviewed, or takes the mark back" }] : []),
      { keys: "/", does: "search in notes; Enter or Esc goes back to the calls" },
      { keys: "0", does: "today's flagged calls" },
      ...slots.map(({ name }, i) => ({ keys: String(i + 1), does: name })),
    ];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    place.addEventListener("change", this.onPlace);
    document.addEventListener("visibilitychange", this.onVisible);
    window.addEventListener("review-call-changed", this.onCallChanged);
    window.addEventListener("review-calls-came", this.onCallsCame);
    void this.loadFacets();
    void this.load();
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    place.removeEventListener("change", this.onPlace);
    document.removeEventListener("visibilitychange", this.onVisible);
    window.removeEventListener("review-call-changed", this.onCallChanged);
    window.removeEventListener("review-calls-came", this.onCallsCame);
    this.asking.abort();
  }

  // --- Coming and going

  private readonly onPlace = (): void => {
    if (place.path === "/" && place.search !== this.search) void this.load();
  };

  // A page that was left open overnight does not show yesterday as today.
  private readonly onVisible = (): void => {
    const isNewDay = this.loadedOn !== dayText(new Date());
    if (document.visibilityState === "visible" && isNewDay && place.path === "/") void this.load();
  };

  private readonly onCallsCame = (): void => { this.isBehind = true; };

  private readonly onCallChanged = (event: Event): void => {
    const change = (event as CustomEvent<CallChange>).detail;
    const before = this.calls.find(({ id }) => id === change.id);
    if (!before) return;
    if (change.removed) {
      this.calls = this.calls.filter((call) => call !== before);
      --this.total;
      this.countLeft(before.reviewed ? 0 : -1);
    } else {
      this.change(change.id, change);
    }
    this.requestUpdate();
  };

  override refresh(): void {
    void this.loadFacets();
    void this.load();
  }
  override leave(): void { this.scrollY = window.scrollY; }
  override comeBack(): void {
    // What a supervisor works through stays as it was; an empty list has nothing to keep.
    if (this.isBehind || this.calls.length === 0) this.refresh();
    window.scrollTo(0, this.scrollY);
    const row = this.linkOf(this.current);
    if (row) row.focus({ preventScroll: true });
    else this.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }

  // --- What the server knows

  private async loadFacets(): Promise<void> {
    try {
      const [facets, { views }] = await Promise.all([api.get<Facets>("/api/facets"), api.get<{ views: View[] }>("/api/views")]);
      this.facets = facets;
      this.views = views;
      this.requestUpdate();
    } catch {
      // The list itself fails with the same, and tells it.
    }
  }

  private async load(): Promise<void> {
    this.asking.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    this.search = place.search;
    this.filters = filtersOf(place.search);
    this.loadedOn = dayText(new Date());
    this.isBehind = false;
    this.loading = true;
    this.failure = "";
    this.requestUpdate();
    try {
      const [page, left] = await Promise.all([this.ask(null, signal), this.askLeft(signal)]);
      Object.assign(this, { calls: page.calls, next: page.next, total: page.total, left: this.filters.reviewed === "no" ? page.total : left });
      if (!this.calls.some(({ id }) => id === this.current)) this.current = 0;
      announce(this.summary());
    } catch (error) {
      if (isAborted(error)) return;
      this.failure = messageOf(error);
      this.calls = [];
    }
    this.loading = false;
    this.requestUpdate();
  }

  private ask(after: string | null, signal: AbortSignal): Promise<CallPage> {
    const asked = askedOf(this.filters);
    asked.set("limit", String(kPerPage));
    if (after) asked.set("after", after);
    return api.get<CallPage>(`/api/calls?${asked}`, signal);
  }

  // How many are left to review; null: it is not to be told, or the list itself tells it.
  private async askLeft(signal: AbortSignal): Promise<number | null> {
    if (this.filters.reviewed || !session.mayReview) return null;
    const asked = askedOf({ ...this.filters, reviewed: "no" });
    asked.set("limit", "1");
    return (await api.get<CallPage>(`/api/calls?${asked}`, signal)).total;
  }

  // @return Whether there are more rows now.
  private async more(): Promise<boolean> {
    if (!this.next || this.loading) return false;
    this.loading = true;
    this.failure = "";
    this.requestUpdate();
    try {
      const page = await this.ask(this.next, this.asking.signal);
      const known = new Set(this.calls.map(({ id }) => id));
      const fresh = page.calls.filter(({ id }) => !known.has(id));
      this.calls = [...this.calls, ...fresh];
      this.next = page.next;
      announce(`${times(fresh.length, "more call", "more calls")}.`);
    } catch (error) {
      if (isAborted(error)) return false;
      this.failure = messageOf(error);
    }
    this.loading = false;
    this.requestUpdate();
    await this.updateComplete;
    return this.failure === "";
  }

  private async showMore(): Promise<void> {
    const last = this.calls.at(-1)?.id ?? 0;
    if (await this.more()) this.step(1, last);
  }

  // --- What one does

  private readonly setFilters: Change = (to, typed = false) => {
    const address = addressOf(searchOf({ ...this.filters, ...to }).slice(1));
    window.clearTimeout(this.typing);
    if (!typed) return place.go(address);
    this.typing = window.setTimeout(() => place.go(address, { replace: true }), kAfterTypingMs);
  };

  private async toggleReviewed(call: CallEntry): Promise<void> {
    const reviewed = !call.reviewed;
    this.failure = "";
    this.change(call.id, { reviewed });
    try {
      await api.put(`/api/calls/${call.id}/reviewed`, { reviewed });
      announce(`${reviewed ? "Reviewed" : "Not reviewed"}. ${this.leftText()}`);
    } catch (error) {
      this.change(call.id, { reviewed: !reviewed });
      this.failure = messageOf(error);
      this.requestUpdate();
    }
  }

  private change(id: number, to: Partial<CallEntry>): void {
    const before = this.calls.find((call) => call.id === id);
    if (!before) return;
    this.calls = this.calls.map((call) => (call.id === id ? { ...call, ...to } : call));
    if (to.reviewed !== undefined && to.reviewed !== before.reviewed) this.countLeft(to.reviewed ? -1 : 1);
    this.requestUpdate();
  }

  private countLeft(by: number): void {
    if (this.left !== null) this.left = Math.max(0, this.left + by);
  }

  private async removeView(view: View): Promise<void> {
    try {
      await api.remove(`/api/views/${view.id}`);
      announce(`The view ${view.name} is removed.`);
      await this.loadFacets();
    } catch (error) {
      this.failure = messageOf(error);
      this.requestUpdate();
    }
  }

  private saveView(): void {
    this.querySelector<SaveDialog>("review-save-view")?.open((this.search ?? "").replace(/^\?/, ""));
  }

  // --- Keys

  override takeKey(key: string, event: KeyboardEvent): boolean {
    const inRow = event.target === document.body || (event.target instanceof Element && event.target.matches(".row .when a, h1, main"));
    if (key === "j") return this.walk(1), true;
    if (key === "k") return this.walk(-1), true;
    if (key === "/") return this.querySelector<HTMLElement>("#text")?.focus(), true;
    if (key === " " && inRow) return this.reviewCurrent();
    if (key === "enter" && inRow && event.target === document.body) return this.openCurrent();
    if (key === "0") return place.go("/"), true;
    const slot = /^[1-5]$/.test(key) ? slotsOf(this.views)[Number(key) - 1] : undefined;
    return slot ? (place.go(addressOf(slot.query)), true) : false;
  }

  private reviewCurrent(): boolean {
    const call = this.calls.find(({ id }) => id === this.current);
    if (!call || !session.mayReview) return false;
    void this.toggleReviewed(call);
    return true;
  }

  private openCurrent(): boolean {
    const link = this.linkOf(this.current);
    link?.click();
    return link !== null;
  }

  // Who was elsewhere on the page comes back to the row they were on.
  private walk(by: number): void {
    const away = this.querySelector(".calls:focus-within") === null;
    void this.step(away ? 0 : by, this.current);
  }

  // Past the last row there may be more of them.
  private async step(by: number, from: number): Promise<void> {
    const at = this.calls.findIndex(({ id }) => id === from);
    const to = at < 0 ? 0 : at + by;
    if (to >= this.calls.length && !(await this.more())) return;
    const call = this.calls[to];
    const link = call ? this.linkOf(call.id) : null;
    link?.focus({ preventScroll: true });
    link?.closest(".row")?.scrollIntoView({ block: "nearest" });
  }

  private linkOf(id: number): HTMLAnchorElement | null {
    return this.querySelector<HTMLAnchorElement>(`.row[data-call="${id}"] .when a`);
  }

  private onFocus(event: FocusEvent): void {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>(".row") : null;
    if (row) this.current = Number(row.dataset.call);
  }

  // --- What is seen

  protected override render(): TemplateResult {
    const search = this.search ?? "";
    const actions = { mayReview: session.mayReview, search, toggleReviewed: (call: CallEntry) => void this.toggleReviewed(call) };
    return html`
      <div class="list-head"><h1 tabindex="-1">${session.mayReview ? "Calls" : "Your calls"}</h1>
        <p class="summary-line">${this.loading && this.calls.length === 0 ? "Looking for calls…" : this.failure && this.calls.length === 0 ? nothing : this.summary()}</p></div>
      ${viewsBar(slotsOf(this.views), search, (view) => void this.removeView(view), () => this.saveView())}
      ${filterBar(this.filters, this.facets, this.setFilters)}
      ${trouble(this.failure, () => void this.load())}
      <ol class="calls" aria-label="Calls" aria-busy=${this.loading} @focusin=${this.onFocus}>
        ${repeat(this.calls, ({ id }) => id, (call) => guard([call, search, actions.mayReview], () => callRow(call, actions)))}</ol>
      ${this.calls.length === 0 && !this.loading && !this.failure ? this.empty() : nothing}
      ${this.next && !this.failure ? html`<p class="more"><button type="button" @click=${this.showMore} aria-disabled=${this.loading}>
        ${this.loading ? "Loading…" : `Show more (${this.calls.length} of ${this.total} shown)`}</button></p>` : nothing}
      <review-save-view @saved=${() => void this.loadFacets()}></review-save-view>`;
  }

  private summary(): string {
    const { flagged, when } = this.filters;
    const days = when === "today" ? "today" : when === "yesterday" ? "yesterday" : when === "all" || when === "range" ? "" : `in the ${kWhenWord[when].toLowerCase()}`;
    const what = times(this.total, flagged ? "flagged call" : "call", flagged ? "flagged calls" : "calls");
    const left = this.total > 0 ? this.leftText() : "";
    return `${[what, days].filter(Boolean).join(" ")}${left ? `: ${left.charAt(0).toLowerCase()}${left.slice(1)}` : "."}`;
  }

  private leftText(): string {
    if (this.left === null) return "";
    if (this.left === 0) return "All are reviewed.";
    return `${this.left} left to review.`;
  }

  private empty(): TemplateResult {
    if (isUsual(this.filters)) {
      return html`<section class="empty"><h2>Nothing is flagged today so far.</h2>
        <p>The days before may hold calls that nobody has looked at: <a href="/?when=7d">show the last 7 days</a>.</p></section>`;
    }
    return html`<section class="empty"><h2>No call fits these filters.</h2>
      <p>Widen the days or <a href="/">clear all filters</a>.</p></section>`;
  }
}

customElements.define("review-list", ListPage);
