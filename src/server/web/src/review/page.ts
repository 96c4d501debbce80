import { LitElement } from "lit";
import type { CallEntry } from "./contract";

export interface Shortcut { keys: string; does: string }

// A page within the shell. Drawn into the document itself: one style sheet serves all.
export class Page extends LitElement {
  // What the help dialog tells of the keys of this page.
  get shortcuts(): readonly Shortcut[] { return []; }

  // @param key  In lower case. @return It is used up.
  takeKey(_key: string, _event: KeyboardEvent): boolean { return false; }

  // Asks the server again for what is shown: after signing in anew.
  refresh(): void {}

  // The page is left for another (hidden, and shown again later) and come back to. Only the list
  // stays; all others are removed.
  leave(): void {}
  comeBack(): void {}

  protected override createRenderRoot(): HTMLElement { return this; }
}

// Read out by screen readers without moving the focus.
export function announce(text: string): void {
  window.dispatchEvent(new CustomEvent("review-announce", { detail: text }));
}

export type CallChange = Partial<CallEntry> & { id: number; removed?: boolean };

// Tells the list that there are calls which it has not asked for yet.
export function tellCallsCame(): void {
  window.dispatchEvent(new CustomEvent("review-calls-came"));
}

// Tells the list what a page has changed in a call, or has learnt of it, so that it need not be asked
// for anew.
export function tellCallChanged(change: CallChange): void {
  window.dispatchEvent(new CustomEvent("review-call-changed", { detail: change }));
}
