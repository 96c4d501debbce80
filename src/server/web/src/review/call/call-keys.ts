// The keys of the page of a call.
import type { Verdict } from "../contract";
import { place } from "../place";
import type { Shortcut } from "../page";
import type { CallPage } from "./call-page";
import { moveInList } from "./cue-list";

export const kCallKeys: readonly (Shortcut & { judges?: true })[] = [
  { keys: "Space", does: "play or pause" },
  { keys: "← →", does: "5 s back or on" },
  { keys: "n p", does: "next moment, or the one before" },
  { keys: "Enter", does: "on a moment: play from 2 s before it" },
  { keys: "↑ ↓", does: "in the list of moments: up and down" },
  { keys: "1 2 3 0", does: "verdict: right, wrong, unsure, none", judges: true },
  { keys: "e", does: "write a note at the play-head", judges: true },
  { keys: "r", does: "reviewed, or not yet", judges: true },
  { keys: "a c", does: "mute the agent, or the customer" },
  { keys: "[ ]", does: "play slower, or faster" },
  { keys: "+ -", does: "show less, nearer; or more" },
  { keys: "w", does: "show the whole call" },
  { keys: "l", does: "copy a link to the moment, or to the play-head" },
  { keys: ".", does: "next flagged call" },
  { keys: "Esc", does: "back to the list" },
];

const kVerdictOf: Record<string, Verdict | null> = { 1: "right", 2: "wrong", 3: "unsure", 0: null };

// @return it is used up.
export function takeCallKey(page: CallPage, key: string, event: KeyboardEvent): boolean {
  const act = actOf(page, key, event);
  act?.();
  return act !== null;
}

function actOf(page: CallPage, key: string, event: KeyboardEvent): (() => void) | null {
  if (key === " ") return pressesSomething(event) ? null : () => page.togglePlay();
  if (key === "arrowup" || key === "arrowdown") {
    const id = moveInList(page, key === "arrowdown" ? 1 : -1);
    return id === null ? null : () => page.chooseId(id, { focus: true });
  }
  if (key in kVerdictOf) return page.mayReview ? () => void page.judge(kVerdictOf[key]!) : null;
  const onSlider = event.target instanceof Element && event.target.matches("[role=slider]");
  switch (key) {
    case "arrowleft": return () => page.skip(-1);
    case "arrowright": return () => page.skip(1);
    case "home": return onSlider ? () => page.seek(0) : null;
    case "end": return onSlider ? () => page.seek(Infinity) : null;
    case "enter": return page.chosen && !pressesSomething(event, "a, .moment") ? () => page.playChosen() : null;
    case "n": return () => page.goTo(1);
    case "p": return () => page.goTo(-1);
    case "e": return page.mayReview ? () => page.writeNote() : null;
    case "r": return page.mayReview ? () => void page.toggleReviewed() : null;
    case "a": return () => page.toggleMute("agent");
    case "c": return () => page.toggleMute("customer");
    case "[": return () => page.changeSpeed(-1);
    case "]": return () => page.changeSpeed(1);
    case "+": case "=": return () => page.stage?.timeline.zoomIn();
    case "-": return () => page.stage?.timeline.zoomOut();
    case "w": return () => page.stage?.timeline.showWhole();
    case "l": return () => void page.copyLink();
    case ".": return () => void page.goToNextCall();
    case "escape": return () => place.go(page.listAddress);
    default: return null;
  }
}

// Space is a button's own key, but for the moments: Enter is theirs.
function pressesSomething({ target }: KeyboardEvent, besides = ":not(*)"): boolean {
  return target instanceof Element && target.matches(`button:not(.moment), summary, input, ${besides}`);
}
