import { html, LitElement, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import "./card-view";
import "./older-cards";
import "./talk-share";
import "./turn-strip";
import "./voice-meters";
import "./voice-trace";
import { Keys } from "../shared/keys";
import { kParties } from "../shared/kinds";
import { clock, kDistressNote } from "../shared/words";
import { Call } from "./call";
import type { CardView, Given } from "./card-view";
import type { Card, Hello, Summary } from "./contract";
import { absentParties, quietLines, renderLines, snoozeLeft } from "./lines";
import { Link, type LinkState } from "./link";
import { summaryView } from "./summary-view";

const kLookEveryMs = 250;

interface Said { text: string; urgent: boolean; count: number }

// The page: hears the program, shows the call, sends back what the agent answers.
class Desk extends LitElement {
  private call: Call | null = null;
  private linkState: LinkState = "connecting";
  private said: Said = { text: "", urgent: false, count: 0 };
  private failure = "";
  private ending = false;

  private readonly keys = new Keys((key) => this.takeKey(key));
  private readonly link = new Link({
    hello: (hello) => this.begin(hello),
    state: (state) => this.change((call) => call.setState(state)),
    segment: (segment) => this.change((call) => call.addSegment(segment)),
    overlap: (overlap) => this.change((call) => call.addOverlap(overlap)),
    card: (card) => this.showCard(card),
    clear: ({ id, at_s }) => this.change((call) => call.clear(id, at_s)),
    answer: ({ alert, answer }) => this.change((call) => call.answer(alert, answer, performance.now())),
    notice: (notice) => this.change((call) => call.addNotice(notice, performance.now())),
    summary: (summary) => this.finish(summary),
  }, (state) => {
    this.linkState = state;
    this.requestUpdate();
  });

  protected override createRenderRoot(): HTMLElement { return this; }

  override connectedCallback(): void {
    super.connectedCallback();
    this.link.open();
    setInterval(() => this.look(), kLookEveryMs);
  }

  // --- What comes from the program

  private begin(hello: Hello): void {
    this.call = new Call(hello, performance.now(), this.call);
    this.failure = "";
    this.ending = false;
    this.requestUpdate();
  }

  private change(how: (call: Call) => void): void {
    if (!this.call) return;
    how(this.call);
    this.requestUpdate();
  }

  private showCard(card: Card): void {
    this.change((call) => call.addCard(card, performance.now()));
    this.say(`${card.title}. ${card.text}`, card.critical);
  }

  private finish(summary: Summary): void {
    this.change((call) => call.end(summary));
    this.say("The call is over. Its summary is on the page.", false);
  }

  private look(): void {
    this.link.watch();
    if (this.call?.settle(performance.now())) this.requestUpdate();
  }

  // --- What goes to the program

  private async give({ id, answer, minutes }: Given): Promise<void> {
    this.change((call) => call.answer(id, answer, performance.now()));
    const sent = await this.send(this.link.answer(id, answer, minutes), "Your answer did not reach tonecue");
    if (!sent) this.change((call) => call.answer(id, null, performance.now()));
    else this.say(minutes ? `No cards for ${minutes} minutes.` : "Noted.", false);
  }

  private async send(done: Promise<void>, otherwise: string): Promise<boolean> {
    this.failure = "";
    try {
      await done;
      return true;
    } catch (error) {
      // fetch() reports a missing program as a TypeError whose text says nothing to a person.
      const why = error instanceof Error && !(error instanceof TypeError) ? `: ${error.message}` : "";
      this.failure = `${otherwise}${why}.`;
      return false;
    } finally {
      this.requestUpdate();
    }
  }

  private wake(): void {
    void this.send(this.link.wake(), "tonecue could not be woken");
  }

  private end(): void {
    this.ending = false;
    void this.send(this.link.end(), "The call could not be ended");
  }

  private takeKey(key: string): boolean {
    if (key === "escape" && this.ending) return void this.askToEnd(false), true;
    return this.querySelector<CardView>("desk-card")?.takeKey(key) ?? false;
  }

  private say(text: string, urgent: boolean): void {
    this.said = { text, urgent, count: this.said.count + 1 };
    this.requestUpdate();
  }

  // --- What is seen

  protected override render(): TemplateResult {
    const { call } = this;
    return html`
      <header class="top">
        <h1 class="product">tonecue</h1>
        ${call?.live
          ? html`<p class="time">${clock(call.state.time_s)}</p><p class="facts">${this.facts(call)}</p>` : nothing}
      </header>
      <div class="unseen" role="status" aria-live="polite">${this.spoken(false)}</div>
      <div class="unseen" role="alert" aria-live="assertive">${this.spoken(true)}</div>
      <main>
        <div class="lead">
          <div class="lines" role="status">${renderLines(quietLines(this.linkState, call, this.failure))}</div>
          ${call ? this.lead(call) : nothing}
        </div>
        ${call?.live ? this.voices(call) : nothing}
      </main>
      ${call?.live ? this.foot() : nothing}`;
  }

  protected override updated(): void {
    const top = this.call?.topCard;
    const title = top ? `${top.text} – tonecue` : "tonecue";
    if (document.title !== title) document.title = title;
  }

  private facts(call: Call): string {
    return [call.replay ? "replay" : "", call.sound ? "sound on" : "sound off"].filter(Boolean).join(" · ");
  }

  private spoken(urgent: boolean): unknown {
    return this.said.text && this.said.urgent === urgent
      ? keyed(this.said.count, html`<p>${this.said.text}</p>`) : nothing;
  }

  private lead(call: Call): TemplateResult {
    if (call.waiting) return html`<div class="place"><p class="nothing">Waiting for a call.</p></div>`;
    const older = html`<desk-older .cards=${call.olderCards}
      @given=${(event: CustomEvent<Given>) => this.give(event.detail)}></desk-older>
      ${call.tellsDistress ? html`<p class="fine distress-note">${kDistressNote}</p>` : nothing}`;
    if (call.summary) return html`${summaryView(call.summary)}${older}`;
    const card = call.topCard;
    const left = snoozeLeft(call);
    return html`
      ${left === null ? nothing : html`<div class="snoozed">
        <p><span class="sign" aria-hidden="true">z</span>No cards for <b>${left}</b></p>
        <button type="button" @click=${() => this.wake()}>Wake</button>
      </div>`}
      <div class="place">${card
        ? html`<desk-card .card=${card} .keys=${this.keys.on} @given=${(event: CustomEvent<Given>) => this.give(event.detail)}></desk-card>`
        : html`<p class="nothing">${left === null ? "Listening. Nothing to tell you." : "Snoozed. Still listening."}</p>`}
      </div>
      ${older}`;
  }

  private voices(call: Call): TemplateResult {
    const { state } = call;
    return html`<div class="voices ${this.linkState === "open" ? "" : "stale"}">
      ${absentParties(call) ? html`<p class="fine">${absentParties(call)}</p>` : nothing}
      <div class="meters">${kParties.filter((party) => call.parties[party]).map((party) => html`<desk-voice
        .party=${party} .voice=${state[party]} .time_s=${state.time_s}></desk-voice>`)}</div>
      <desk-share .state=${state}></desk-share>
      <section aria-labelledby="strip-title">
        <h2 id="strip-title">Last two minutes</h2>
        <desk-strip .call=${call} .time_s=${state.time_s}></desk-strip>
        <desk-trace .call=${call} .time_s=${state.time_s} .measure=${"f0_st"}></desk-trace>
        <desk-trace .call=${call} .time_s=${state.time_s} .measure=${"level_db"}></desk-trace>
        <p class="fine"><span class="key agent"></span> you <span class="key customer"></span> customer,
          each against their own usual</p>
      </section>
    </div>`;
  }

  private foot(): TemplateResult {
    const on = this.keys.on;
    return html`<footer>
      <p class="keys ${on ? "" : "off"}"><kbd>H</kbd> helpful <kbd>N</kbd> not now, then <kbd>2</kbd> <kbd>1</kbd>
        <kbd>6</kbd> for 2, 10, 60 min <kbd>W</kbd> wrong <kbd>Esc</kbd> back</p>
      <div class="controls">
        <button type="button" aria-pressed=${String(on)} @click=${() => { this.keys.toggle(); this.requestUpdate(); }}>
          Letter keys: ${on ? "on" : "off"}</button>
        ${this.ending
          ? html`<span>Stop listening to this call?</span>
              <button type="button" class="stop" @click=${() => this.end()}>Stop</button>
              <button type="button" class="go-on" @click=${() => this.askToEnd(false)}>Go on</button>`
          : html`<button type="button" class="ask-to-end" @click=${() => this.askToEnd(true)}>Stop listening</button>`}
      </div>
    </footer>`;
  }

  private async askToEnd(ending: boolean): Promise<void> {
    this.ending = ending;
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(ending ? ".go-on" : ".ask-to-end")?.focus();
  }
}

customElements.define("tonecue-desk", Desk);
