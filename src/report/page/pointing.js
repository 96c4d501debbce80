// Pointer, wheel and keys on the time line.

const kDragPx = 4;  // Less is a click.

function timeAt(timeline, event) {
  const box = timeline.canvas.axis.getBoundingClientRect();
  const { start, end } = timeline.view;
  return start + ((event.clientX - box.left) / box.width) * (end - start);
}

function readout(timeline, time) {
  const i = Math.floor(time / timeline.step);
  const parts = [make("b", {}, clock(time, 1))];
  for (const party of timeline.parties) {
    const track = timeline.data.track[party];
    const speaks = timeline.segments(party).some((s) => s.start_s <= time && time < s.end_s);
    const f0 = track.f0_hz[i] ? track.f0_hz[i] + " Hz, " : "";
    const level = String(track.level_dbfs[i]).replace("-", "\u2212") + " dBFS";
    parts.push("   " + party + " " + (speaks ? f0 + level : "silent"));
  }
  document.getElementById("readout").replaceChildren(...parts);
}

// What lies under the pointer: the cues of the lane, or an overlap of the strip between the lanes.
function tellUnder(timeline, event, time) {
  const slack = (2 * (timeline.view.end - timeline.view.start)) / timeline.canvas.axis.clientWidth;
  const holds = (x) => x.start_s - slack <= time && time <= x.end_s + slack;
  const box = { left: event.clientX, width: 0, top: event.clientY - 6, bottom: event.clientY + 12 };
  const party = timeline.parties.find((p) => timeline.canvas[p] === event.target);
  const cues = timeline.call.cues.flatMap((cue, i) => (cue.party === party && holds(cue) ? [i] : []));
  if (cues.length) return timeline.tellCues(cues, { getBoundingClientRect: () => box });
  if (event.target !== timeline.canvas.overlaps) return timeline.hideTip();
  const lower = event.offsetY > kOverlapHeightPx / 2;
  const overlap = timeline.call.overlaps.find((o) => holds(o) && (o.starter === "customer") === lower);
  if (!overlap) return timeline.hideTip();
  const text = "The " + overlap.starter + " came in at " + clock(overlap.start_s, 1) + "; both spoke for " + (overlap.end_s - overlap.start_s).toFixed(1) + " s.";
  timeline.showTip([make("strong", {}, kOverlapNames[overlap.kind] || overlap.kind), make("p", {}, text)], box);
}

function listenToPointer(timeline) {
  const { stage } = timeline;
  const pointer = document.getElementById("pointer");
  let drag = null;
  stage.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && !event.target.closest("button")) drag = { x: event.clientX, start: timeline.view.start, moved: false };
  });
  addEventListener("pointermove", (event) => {
    if (!drag) return;
    drag.moved ||= Math.abs(event.clientX - drag.x) > kDragPx;
    if (!drag.moved || !timeline.zoomed) return;
    stage.classList.add("moving");
    const length = timeline.view.end - timeline.view.start;
    const start = drag.start - ((event.clientX - drag.x) / timeline.canvas.axis.clientWidth) * length;
    timeline.show(start, start + length);
  });
  addEventListener("pointerup", (event) => {
    if (drag && !drag.moved) timeline.onSeek(timeAt(timeline, event));
    drag = null;
    stage.classList.remove("moving");
  });
  addEventListener("pointercancel", () => { drag = null; stage.classList.remove("moving"); });
  stage.addEventListener("pointermove", (event) => {
    if (event.target.closest("button")) return;
    const time = timeAt(timeline, event);
    const inside = time >= timeline.view.start && time <= timeline.view.end;
    pointer.hidden = !inside;
    if (!inside || drag?.moved) return timeline.hideTip();
    timeline.placeLine("pointer", time);
    readout(timeline, time);
    tellUnder(timeline, event, time);
  });
  stage.addEventListener("pointerleave", () => {
    pointer.hidden = true;
    document.getElementById("readout").replaceChildren();
    timeline.hideTip();
  });
  timeline.tip.addEventListener("pointerleave", () => timeline.hideTip());
}

function listenToWheelAndKeys(timeline) {
  timeline.stage.addEventListener("wheel", (event) => {
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (!timeline.zoomed || Math.abs(sideways) < Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
    event.preventDefault();
    const length = timeline.view.end - timeline.view.start;
    timeline.move((sideways / timeline.canvas.axis.clientWidth) * length);
  }, { passive: false });
  timeline.stage.addEventListener("keydown", (event) => {
    const length = timeline.view.end - timeline.view.start;
    const middle = (timeline.view.start + timeline.view.end) / 2;
    const act = {
      ArrowLeft: () => timeline.move(-length / 4),
      ArrowRight: () => timeline.move(length / 4),
      Home: () => timeline.show(0, length),
      End: () => timeline.show(timeline.duration - length, timeline.duration),
      "+": () => timeline.showNear(middle),
      "-": () => timeline.showWhole(),
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape") timeline.tip.hidden = true; });
}

function listenToOverview(timeline) {
  const go = (event) => {
    const left = parseFloat(getComputedStyle(timeline.overview).paddingLeft);
    const box = timeline.overview.getBoundingClientRect();
    const length = timeline.view.end - timeline.view.start;
    const time = ((event.clientX - box.left - left) / (box.width - left)) * timeline.duration;
    timeline.show(time - length / 2, time + length / 2);
  };
  timeline.overview.addEventListener("pointerdown", (event) => { timeline.overview.setPointerCapture(event.pointerId); go(event); });
  timeline.overview.addEventListener("pointermove", (event) => { if (event.buttons & 1) go(event); });
}

// The page changes shape, colours or paper.
function listenToPage(timeline) {
  new ResizeObserver(() => timeline.drawSoon()).observe(timeline.stage);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => timeline.drawSoon());
  addEventListener("beforeprint", () => { document.documentElement.classList.add("paper"); timeline.draw(); });
  addEventListener("afterprint", () => { document.documentElement.classList.remove("paper"); timeline.draw(); });
}
