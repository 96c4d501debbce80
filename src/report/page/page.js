// Puts the call on the page. Every text goes in as text, never as markup.

const kLeadInS = 1;  // Playing a moment begins a little before it.

const data = JSON.parse(document.getElementById("data").textContent);
const call = data.call;
const audio = document.getElementById("audio");
const byId = (id) => document.getElementById(id);
const parties = ["agent", "customer"].filter((party) => call.parties[party]);
const moments = new Map();  // Cue index to its button in the list.

function seek(time) {
  if (audio) audio.currentTime = Math.max(0, time);
}

function choose(index, { focusMoves = true } = {}) {
  const cue = call.cues[index];
  timeline.choose(index);
  for (const [i, button] of moments) button.setAttribute("aria-current", String(i === index));
  if (timeline.duration > kNearS) timeline.showNear(cue.start_s);
  if (focusMoves) byId("timeline").scrollIntoView({ block: "start" });
  if (!audio) return;
  seek(cue.start_s - kLeadInS);
  audio.play().catch(() => {});  // A browser may refuse; the button of the player still works.
}

function fillMoments() {
  const order = call.cues.map((cue, i) => i).sort((a, b) => call.cues[a].start_s - call.cues[b].start_s);
  byId("moments-hint").textContent = !order.length ? "" : audio ? "Choose one to see and hear it." : "Choose one to see it on the time line.";
  if (!order.length) byId("moments").append(make("li", { class: "none" }, "Nothing was flagged in this call."));
  for (const i of order) {
    const cue = call.cues[i], words = data.cues[i];
    const button = make("button", { type: "button", class: "moment" },
      markOf(cue.kind, words.letter),
      make("time", {}, words.clock),
      make("span", { class: "what" }, words.title, make("span", {}, ", " + cue.party)),
      make("span", { class: "why" }, words.reason + "."));
    button.addEventListener("click", () => choose(i));
    moments.set(i, button);
    byId("moments").append(make("li", {}, button));
  }
}

function fillSummary() {
  const head = make("tr", {}, make("td"));
  for (const party of parties) head.append(make("th", { scope: "col", "data-party": party }, party[0].toUpperCase() + party.slice(1)));
  const body = make("tbody");
  for (const row of data.summary) {
    const tr = make("tr", {}, make("th", { scope: "row" }, row.label));
    for (const party of parties) {
      tr.append(make("td", { class: row[party].startsWith("don't know") ? "unknown" : "known" }, row[party]));
    }
    body.append(tr);
  }
  byId("summary").append(make("thead", {}, head), body);
  byId("together").textContent = data.together;
}

function fillAlerts() {
  if (!call.alerts.length) byId("alerts").append(make("li", { class: "none" }, "Nothing."));
  call.alerts.forEach((alert, i) => {
    const words = data.alerts[i];
    const item = make("li", {}, markOf(alert.cue, words.letter), make("time", {}, words.clock),
      make("span", { class: alert.delivered ? "told" : "held" }, alert.text));
    if (!alert.delivered) item.append(make("span", { class: "fine" }, words.outcome));
    byId("alerts").append(item);
  });
}

function fillLegend() {
  const seen = new Map();
  call.cues.forEach((cue, i) => { if (!seen.has(cue.kind)) seen.set(cue.kind, data.cues[i]); });
  const row = (title, items) => {
    const list = make("ul", { class: "legend" }, make("li", { class: "fine" }, title), ...items);
    if (items.length) byId("legend").append(list);
  };
  row("Moments", [...seen].map(([kind, words]) => make("li", {}, markOf(kind, words.letter), words.title)));
  row("Overlaps", parties.length < 2 ? [] : Object.keys(kOverlapNames).map((kind) =>
    make("li", {}, make("canvas", { "data-overlap": kind, "aria-hidden": "true" }), kOverlapNames[kind])));
}

function drawLegend() {
  for (const canvas of document.querySelectorAll("[data-overlap]")) {
    const frame = openFrame(canvas, 12, { start: 0, end: 1 }, getComputedStyle(document.documentElement));
    drawOverlap(frame, { kind: canvas.dataset.overlap, start_s: 0.1, end_s: 0.9 }, 0, 12);
  }
}

function fillZoom() {
  const zoom = byId("zoom");
  zoom.hidden = timeline.duration <= kNearS;
  zoom.addEventListener("click", (event) => {
    const { zoom: amount, step } = event.target.dataset;
    if (amount === "whole") timeline.showWhole();
    if (amount === "near") timeline.showNear((timeline.view.start + Math.min(timeline.view.end, timeline.view.start + kNearS)) / 2);
    if (step) timeline.move(Number(step) * 0.75 * (timeline.view.end - timeline.view.start));
  });
}

function tellZoom() {
  for (const button of byId("zoom").children) {
    if (button.dataset.step) {
      button.disabled = button.dataset.step < 0 ? timeline.view.start <= 0 : timeline.view.end >= timeline.duration;
    } else {
      button.setAttribute("aria-pressed", String((button.dataset.zoom === "near") === timeline.zoomed));
    }
  }
}

function followSound() {
  timeline.setPlayhead(audio.currentTime, !audio.paused);
  if (!audio.paused) requestAnimationFrame(followSound);
}

const timeline = new Timeline(data, choose, seek, () => { tellZoom(); drawLegend(); });
fillMoments();
fillSummary();
fillAlerts();
fillLegend();
fillZoom();
byId("scale-note").textContent =
  "Dashed: this voice's own median pitch and mean level. Pitch spans an octave up and down from it, level 20 dB." +
  (parties.includes("customer") ? " Hatched distress: don't know. " + data.distress_note : "");
if (audio) for (const name of ["play", "seeked", "timeupdate"]) audio.addEventListener(name, followSound);
timeline.draw();  // At once, so that the page is never seen without its voices.
