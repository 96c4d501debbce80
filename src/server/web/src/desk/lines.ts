import { html, nothing, type TemplateResult } from "lit";
import { clock } from "../shared/words";
import type { Call } from "./call";
import type { LinkState } from "./link";
import { kPartyName } from "./words";

// The quiet lines above the card: what the agent should know and need not act on.

interface Line { sign: string; text: string; kind: "plain" | "trouble" | "good" }

const kLink: Record<Exclude<LinkState, "open">, Line> = {
  connecting: { sign: "…", text: "Connecting to tonecue.", kind: "plain" },
  lost: { sign: "!", text: "Connection to tonecue lost; trying again.", kind: "trouble" },
  refused: {
    sign: "!",
    text: "tonecue was started anew: open the address that it printed.",
    kind: "trouble",
  },
};

export function quietLines(link: LinkState, call: Call | null, failure: string): Line[] {
  const lines: Line[] = [];
  if (link !== "open" && !(call?.summary && link === "lost")) lines.push(kLink[link]);
  if (failure) lines.push({ sign: "!", text: failure, kind: "trouble" });
  if (!call || (call.summary && link !== "open")) return lines;
  for (const notice of call.openNotices) {
    const good = notice.kind === "returned";
    lines.push({ sign: good ? "✓" : "!", text: notice.text, kind: good ? "good" : "trouble" });
  }
  if (link === "open" && call.live) lines.push(...aboutLearning(call));
  return lines;
}

function aboutLearning(call: Call): Line[] {
  const plain = (text: string): Line[] => [{ sign: "…", text, kind: "plain" }];
  const { learning } = call;
  if (call.state.quiet_start) return plain("Quiet start: learning the voices before any card.");
  if (learning.length === 2) return plain("Learning both voices; nothing is compared yet.");
  const [one] = learning;
  if (!one) return [];
  return plain(one === "agent" ? "Learning your voice." : "Learning the customer's voice.");
}

export function renderLines(lines: readonly Line[]): TemplateResult | typeof nothing {
  if (lines.length === 0) return nothing;
  return html`${lines.map((line) => html`<p class="line ${line.kind}">
    <span class="sign" aria-hidden="true">${line.sign}</span>${line.text}</p>`)}`;
}

export function absentParties(call: Call): string {
  const absent = (["agent", "customer"] as const).filter((party) => !call.parties[party]);
  return absent.map((party) => `${kPartyName[party]}: not listened to in this call.`).join(" ");
}

export function snoozeLeft(call: Call): string | null {
  const until_s = call.state.snoozed_until_s;
  return until_s === null || call.summary ? null : clock(Math.ceil(until_s - call.state.time_s));
}
