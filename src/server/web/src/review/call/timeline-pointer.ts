// Pointer, wheel and two fingers on the time line and on its overview.
import type { CallTimeline } from "./call-timeline";
import { kLabelPx } from "./plot";
import type { Under } from "./under";

const kDragPx = 4;            // Less is a click.
const kWheelStep = 0.0018;    // Of zoom, for each pixel that the wheel turns.
const kPageScrollsMs = 250;   // A wheel that scrolls the page goes on doing so.

export function pointAt(timeline: CallTimeline): void {
  listenToStage(timeline);
  listenToWheel(timeline);
  listenToOverview(timeline);
}

const send = <Detail>(timeline: CallTimeline, name: string, detail: Detail): void => {
  timeline.dispatchEvent(new CustomEvent<Detail>(name, { detail }));
};

function placeOf(timeline: CallTimeline, event: MouseEvent): { x: number; y: number } {
  const box = timeline.stage.getBoundingClientRect();
  return { x: event.clientX - box.left - kLabelPx, y: event.clientY - box.top };
}

function listenToStage(timeline: CallTimeline): void {
  const { stage } = timeline;
  const fingers = new Map<number, number>();  // Pointer to its x.
  let drag: { x: number; start_s: number; moved: boolean } | null = null;

  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, placeOf(timeline, event).x);
    drag = fingers.size === 1 ? { x: event.clientX, start_s: timeline.scale.start_s, moved: false } : null;
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", (event) => {
    const { x, y } = placeOf(timeline, event);
    if (fingers.has(event.pointerId) && fingers.size === 2) return pinch(timeline, fingers, event.pointerId, x);
    if (drag) return pull(timeline, drag, event.clientX);
    const inside = x >= 0 && x <= timeline.plotWidth;
    const found = timeline.under(x, y);
    timeline.showPointer(inside ? found.time_s : null);
    send<Under | null>(timeline, "under", inside ? { ...found, at: { x: event.clientX, y: event.clientY } } : null);
  });
  stage.addEventListener("pointerup", (event) => {
    const wasOne = fingers.size === 1;
    fingers.delete(event.pointerId);
    if (wasOne && drag && !drag.moved) press(timeline, event);
    drag = null;
    stage.classList.remove("moving");
  });
  stage.addEventListener("pointercancel", (event) => {
    fingers.delete(event.pointerId);
    drag = null;
    stage.classList.remove("moving");
  });
  stage.addEventListener("pointerleave", () => {
    timeline.showPointer(null);
    send<Under | null>(timeline, "under", null);
  });
}

function pull(timeline: CallTimeline, drag: { x: number; start_s: number; moved: boolean }, x: number): void {
  const { scale, plotWidth } = timeline;
  drag.moved ||= Math.abs(x - drag.x) > kDragPx;
  if (!drag.moved || scale.isWhole) return;
  timeline.stage.classList.add("moving");
  timeline.showPointer(null);
  send<Under | null>(timeline, "under", null);
  const start_s = drag.start_s - ((x - drag.x) / plotWidth) * scale.length_s;
  timeline.changeView(() => scale.show(start_s, start_s + scale.length_s));
}

// The stretch between two fingers grows as they part.
function pinch(timeline: CallTimeline, fingers: Map<number, number>, finger: number, x: number): void {
  const { scale, plotWidth } = timeline;
  const [other] = [...fingers].filter(([id]) => id !== finger).map(([, at]) => at);
  const before = fingers.get(finger)!;
  fingers.set(finger, x);
  if (other === undefined || Math.abs(x - other) < 10) return;
  timeline.changeView(() => scale.zoom(Math.abs(before - other) / Math.abs(x - other), scale.timeOf(other, plotWidth)));
}

function press(timeline: CallTimeline, event: PointerEvent): void {
  const { x, y } = placeOf(timeline, event);
  if (x < 0 || x > timeline.plotWidth) return;
  const { time_s, cueIds, note } = timeline.under(x, y);
  if (note) return send(timeline, "open-note", note.id);
  const [first] = cueIds;
  if (first !== undefined) send(timeline, "choose", first);
  else send(timeline, "seek", time_s);
}

function listenToWheel(timeline: CallTimeline): void {
  const { stage } = timeline;
  let pageScrolledMs = -Infinity;
  const heed = () => { pageScrolledMs = performance.now(); };
  stage.addEventListener("pointerenter", () => window.addEventListener("scroll", heed, { passive: true }));
  stage.addEventListener("pointerleave", () => window.removeEventListener("scroll", heed));
  stage.addEventListener("wheel", (event) => {
    const { scale, plotWidth } = timeline;
    if (performance.now() - pageScrolledMs < kPageScrollsMs) return heed();
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (event.shiftKey || Math.abs(sideways) > Math.abs(event.deltaY)) {
      if (scale.isWhole) return;
      event.preventDefault();
      return timeline.changeView(() => scale.move((sideways / plotWidth) * scale.length_s));
    }
    if (event.deltaY > 0 && scale.isWhole) return;  // There is no farther; the page scrolls.
    event.preventDefault();
    const step = event.ctrlKey ? 5 * kWheelStep : kWheelStep;  // Two fingers on a pad come so, in small steps.
    const at_s = scale.timeOf(placeOf(timeline, event).x, plotWidth);
    timeline.changeView(() => scale.zoom(Math.exp(step * event.deltaY), at_s));
  }, { passive: false });
}

function listenToOverview(timeline: CallTimeline): void {
  const { overview } = timeline;
  const go = (event: PointerEvent) => {
    const { scale } = timeline;
    const x = event.clientX - overview.getBoundingClientRect().left - kLabelPx;
    const time_s = (x / timeline.plotWidth) * scale.duration_s;
    timeline.changeView(() => scale.show(time_s - scale.length_s / 2, time_s + scale.length_s / 2));
  };
  overview.addEventListener("pointerdown", (event) => {
    overview.setPointerCapture(event.pointerId);
    go(event);
  });
  overview.addEventListener("pointermove", (event) => {
    if (event.buttons & 1) go(event);
  });
}
