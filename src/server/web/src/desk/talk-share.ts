import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { kParties } from "../shared/kinds";
import { clock, percent } from "../shared/words";
import type { State } from "./contract";
import { kPartyName } from "./words";

const kSilenceToldFromS = 3;

// How much of the call each has spoken. Between the two bars is silence.
export class TalkShare extends LitElement {
  static override properties = { state: { attribute: false } };
  declare state: State;

  protected override createRenderRoot(): HTMLElement { return this; }

  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    const before = changed.get("state");
    return before === undefined || tell(before) !== tell(this.state);
  }

  protected override render(): TemplateResult {
    const { agent, customer } = this.state;
    return html`<section class="share" aria-labelledby="share-title">
      <h2 id="share-title">Talk share</h2>
      <p class="fine">${silence(this.state) || nothing}</p>
      <div class="share-bar" aria-hidden="true"><div class="agent"></div><div class="customer"></div></div>
      <p class="end agent">${kPartyName.agent} ${percent(agent.talk_share)}</p>
      <p class="end customer">${kPartyName.customer} ${percent(customer.talk_share)}</p>
    </section>`;
  }

  protected override updated(): void {
    for (const party of kParties) {
      const bar = this.querySelector<HTMLElement>(`.share-bar .${party}`);
      if (bar) bar.style.width = `${100 * Math.min(1, this.state[party].talk_share)}%`;
    }
  }
}

function silence(state: State): string {
  return state.both_silent_s >= kSilenceToldFromS ? `silent for ${clock(state.both_silent_s)}` : "";
}

const tell = (state: State): string =>
  `${percent(state.agent.talk_share)} ${percent(state.customer.talk_share)} ${silence(state)}`;

customElements.define("desk-share", TalkShare);
