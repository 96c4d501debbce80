import { html, LitElement, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { createRef, ref } from "lit/directives/ref.js";
import { Keys } from "../shared/keys";
import "./help-dialog";
import "./list/list-page";
import "./password-form";
import "./sign-in";
import { api, messageOf } from "./api";
import type { Me } from "./contract";
import type { HelpDialog } from "./help-dialog";
import { Page } from "./page";
import { kPages, type PageKind } from "./pages";
import { place } from "./place";
import { session } from "./session";
import { trouble } from "./trouble";

const kHeld = ["j", "k", "n", "p", "arrowleft", "arrowright", "+", "-"];  // To walk and to seek.
const kProduct = "tonecue review";

// The frame round all pages: who is signed in, where one can go, the page itself.
class Review extends LitElement {
  private known = false;  // Whether anybody is signed in is known.
  private failure = "";
  private said = "";
  private lapsed = false;      // The form to sign in again is shown.
  private listWanted = false;  // The list has been visited, and stays.
  private changingPassword = false;
  private shownPath = "";
  private readonly help = createRef<HelpDialog>();
  private readonly keys = new Keys((key, event) => this.takeKey(key, event), kHeld);

  protected override createRenderRoot(): HTMLElement { return this; }

  override connectedCallback(): void {
    super.connectedCallback();
    place.addEventListener("change", () => this.move());
    place.addEventListener("again", () => this.shown?.refresh());
    session.addEventListener("change", () => this.onSession());
    window.addEventListener("review-announce", (event) => this.say((event as CustomEvent<string>).detail));
    this.shownPath = place.path;
    void this.askWho();
  }

  // --- Who

  private async askWho(): Promise<void> {
    this.failure = "";
    try {
      const me = await api.get<Me>("/api/me");
      this.known = true;
      if (me.signed_in) session.begin(me);
      else session.end();
    } catch (error) {
      this.failure = messageOf(error);
    }
    this.requestUpdate();
  }

  private onSession(): void {
    const again = this.lapsed && session.me !== null && !session.lapsed;
    this.lapsed = session.lapsed;
    this.requestUpdate();
    if (again) void this.updateComplete.then(() => this.comeBack());
  }

  // The page is as it was, but what it asked for meanwhile was refused.
  private comeBack(): void {
    this.shown?.refresh();
    this.querySelector<HTMLElement>("main h1:not([hidden] h1)")?.focus();
  }

  private async signOut(): Promise<void> {
    try {
      await api.remove("/api/session");
      this.listWanted = false;
      session.end();
      place.go("/", { replace: true });
    } catch (error) {
      this.failure = messageOf(error);
      this.requestUpdate();
    }
  }

  private choosePassword(open: boolean): void {
    this.changingPassword = open;
    this.requestUpdate();
  }

  private async onPassword(): Promise<void> {
    this.changingPassword = false;
    this.say("Your password is changed.");
    await this.askWho();
  }

  // --- Where

  private get page(): { kind: PageKind; found: RegExpExecArray } | null {
    for (const kind of kPages) {
      const found = kind.path.exec(place.path);
      if (found && session.person && kind.roles.includes(session.person.role)) return { kind, found };
    }
    return null;
  }

  // The page that is looked at.
  private get shown(): Page | null {
    const all = [...this.querySelectorAll("main > .frame:not([hidden]) > *, main > review-list:not([hidden])")];
    return all.find((one): one is Page => one instanceof Page) ?? null;
  }

  private move(): void {
    const before = this.shownPath;
    this.shownPath = place.path;
    this.changingPassword = false;
    this.failure = "";
    const list = this.querySelector<Page>("review-list");
    if (before === "/" && place.path !== "/") list?.leave();
    this.requestUpdate();
    if (before !== place.path) void this.updateComplete.then(() => this.arrive(list));
  }

  // A screen reader is told where one is by its heading. The list finds back to its row.
  private arrive(list: Page | null): void {
    if (place.path === "/" && list) return list.comeBack();
    window.scrollTo(0, 0);
    this.querySelector<HTMLElement>("main h1:not([hidden] h1)")?.focus({ preventScroll: true });
  }

  // --- Keys

  private takeKey(key: string, event: KeyboardEvent): boolean {
    if (!session.me || session.lapsed || document.querySelector("dialog[open]")) return false;
    if (key === "?") return void this.openHelp(), true;
    return this.shown?.takeKey(key, event) ?? false;
  }

  private openHelp(): void {
    const shortcuts = this.shown?.shortcuts ?? [];
    this.help.value?.open(shortcuts, this.keys);
  }

  private say(text: string): void {
    // The same words twice are read out only when they differ to the reader.
    this.said = text === this.said ? `${text}\u00a0` : text;
    this.requestUpdate();
  }

  // --- What is seen

  protected override render(): TemplateResult {
    const { me } = session;
    const inside = me !== null && !session.lapsed;
    const free = inside && !me.must_change_password && !this.changingPassword;
    if (place.path === "/" && free) this.listWanted = true;
    document.title = this.titleOf(free);
    return html`
      <a class="skip" href="#main" @click=${this.skip}>To the content</a>
      <header class="top">${this.head(inside, free)}</header>
      <main id="main" tabindex="-1">
        ${trouble(this.failure, this.known ? undefined : () => void this.askWho())}
        ${this.known && !inside ? html`<review-sign-in></review-sign-in>` : nothing}
        ${inside && !free ? html`<review-password ?first=${me.must_change_password} @done=${this.onPassword}
          @cancel=${() => this.choosePassword(false)}></review-password>` : nothing}
        ${me && !me.must_change_password ? keyed(me.person.id, this.pages(free)) : nothing}
      </main>
      <footer>${inside ? html`<p>tonecue ${me.version}</p>
        <p><button type="button" class="plain" @click=${this.openHelp}>Keys <kbd>?</kbd></button></p>` : nothing}</footer>
      <review-help ${ref(this.help)}></review-help>
      <p class="unseen" role="status">${this.said}</p>`;
  }

  private titleOf(free: boolean): string {
    if (!free) return kProduct;
    return `${this.page?.kind.title ?? (place.path === "/" ? "Calls" : "Not found")} · ${kProduct}`;
  }

  private skip(event: Event): void {
    event.preventDefault();
    this.querySelector<HTMLElement>("main")?.focus();
  }

  private head(inside: boolean, free: boolean): TemplateResult {
    const product = html`<a class="product" href="/">tonecue <span>review</span></a>`;
    const { person } = session;
    if (!inside || !person) return product;
    const menu = [{ title: "Calls", inMenu: "/" }, ...kPages.filter((kind) => kind.inMenu && kind.roles.includes(person.role))];
    const here = (address: string) => (place.path === address ? "page" : nothing);
    return html`${product}
      ${free ? html`<nav aria-label="Pages"><ul>${menu.map(({ title, inMenu }) =>
        html`<li><a href=${inMenu} aria-current=${here(inMenu)}>${title}</a></li>`)}</ul></nav>` : nothing}
      <div class="who">
        <span><span class="who-name">${person.name}</span> <span class="fine">${person.role}</span></span>
        <button type="button" class="plain" @click=${() => this.choosePassword(true)}>Change password</button>
        <button type="button" class="plain" @click=${this.signOut}>Sign out</button>
      </div>`;
  }

  private pages(free: boolean): TemplateResult {
    const { page } = this;
    const atList = place.path === "/";
    const missing = !page && !atList;
    return html`
      ${this.listWanted ? html`<review-list ?hidden=${!free || !atList}></review-list>` : nothing}
      ${page ? html`<div class="frame" ?hidden=${!free}>${keyed(place.path, page.kind.view(page.found))}</div>` : nothing}
      ${missing && free ? html`<section><h1 tabindex="-1">Not found</h1>
        <p>There is no page of this name, or it is not yours to see. <a href="/">To the calls</a></p></section>` : nothing}`;
  }
}

customElements.define("tonecue-review", Review);
