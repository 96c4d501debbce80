// The time line: which part of the call is shown, its rows, its marks and what the pointer says.

const kNearS = 60;
const kMarkPx = 26;
const kTickPx = 64;  // Least room for a time on the scale.
const kMarkRows = 3;
const kNamesInTip = 8;
const kOverlapHeightPx = 30;
const kOverlapNames = {
  interruption: "Interruption",
  attempt: "Attempt: came in, then gave way",
  simultaneous_start: "Both began at once",
  terminal_overlap: "Came in as the turn ended",
  backchannel: "Backchannel (\"mm-hm\")",
};

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key in element && typeof value !== "string") element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

const clock = (time_s, decimals = 0) => {
  const unit = 10 ** decimals;
  const time = Math.floor(time_s * unit + 1e-6) / unit;
  const two = (n) => String(Math.floor(n)).padStart(2, "0");
  const seconds = (time % 60).toFixed(decimals).padStart(decimals ? 3 + decimals : 2, "0");
  const hours = Math.floor(time / 3600);
  return (hours ? hours + ":" + two((time / 60) % 60) : Math.floor(time / 60)) + ":" + seconds;
};

function markOf(kind, letter) {
  const shape = document.getElementById("shape-" + kind);
  return make("span", { class: "mark", "data-kind": kind },
    ...(shape ? [shape.content.cloneNode(true)] : []), make("b", { "aria-hidden": "true" }, letter));
}

class Timeline {
  constructor(data, onChoose, onSeek, onDrawn) {
    this.data = data;
    this.call = data.call;
    this.step = data.track_step_s;
    this.duration = Math.max(this.call.duration_s, 0.1);
    this.view = { start: 0, end: this.duration };
    this.parties = ["agent", "customer"].filter((party) => this.call.parties[party]);
    this.segments = (party) => this.call.segments.filter((s) => s.party === party);
    this.onChoose = onChoose;
    this.onSeek = onSeek;
    this.onDrawn = onDrawn;
    this.chosen = -1;
    this.stage = document.getElementById("stage");
    this.overview = document.getElementById("overview");
    this.tip = document.getElementById("tip");
    this.buildRows();
    listenToPointer(this);
    listenToWheelAndKeys(this);
    listenToOverview(this);
    listenToPage(this);
    this.show(0, this.duration);
  }

  get zoomed() { return this.view.end - this.view.start < this.duration - 0.01; }

  // --- Rows

  buildRows() {
    const row = (name, party, gutter, plot) => make("div", { class: "row " + name, ...(party && { "data-party": party }) }, gutter, plot);
    const rows = document.getElementById("rows");
    this.canvas = { axis: make("canvas"), overlaps: make("canvas"), agent: make("canvas"), customer: make("canvas") };
    this.marks = {};
    rows.append(row("axis", "", make("div"), this.canvas.axis));
    for (const party of this.parties) {
      this.marks[party] = make("div", { class: "plot" });
      const title = party[0].toUpperCase() + party.slice(1);
      const overlaps = row("between", "", this.overlapGutter(), this.canvas.overlaps);
      if (party === "customer" && this.parties.length === 2) rows.append(overlaps);
      rows.append(
        row("marks", party, make("div", { class: "gutter" }, make("strong", {}, title)), this.marks[party]),
        row("lane", party, this.laneGutter(party), this.canvas[party]));
    }
  }

  laneGutter(party) {
    const summary = this.call.parties[party];
    const known = (value, unit) => (value === null ? "don't know" : Math.round(value) + " " + unit);
    const label = (strip, name, scale) => {
      const span = make("span", {}, name, ...(scale ? [make("br"), scale] : []));
      span.style.top = strip.top + strip.height / 2 - (scale ? 15 : 8) + "px";
      return span;
    };
    const gutter = make("div", { class: "gutter" },
      label(kStrips.voice, "voice"),
      label(kStrips.pitch, "pitch", known(summary.f0_median_hz, "Hz")),
      label(kStrips.level, "level", known(summary.level_dbfs, "dBFS").replace("-", "\u2212")));
    if (party === "customer") gutter.append(label(kStrips.distress, "distress"));
    return gutter;
  }

  overlapGutter() {
    const label = (text, top) => { const span = make("span", {}, text); span.style.top = top + "px"; return span; };
    return make("div", { class: "gutter" }, label("agent in", 0), label("customer in", kOverlapHeightPx / 2));
  }

  // --- What is shown

  show(start, end) {
    const length = Math.min(end - start, this.duration);
    const first = Math.max(0, Math.min(start, this.duration - length));
    this.view = { start: first, end: first + length };
    this.stage.classList.toggle("movable", this.zoomed);
    this.overview.hidden = !this.zoomed;
    this.drawSoon();
  }
  showWhole() { this.show(0, this.duration); }
  showNear(time) { this.show(time - kNearS / 2, time + kNearS / 2); }
  move(seconds) { this.show(this.view.start + seconds, this.view.end + seconds); }

  choose(index) {
    this.chosen = index;
    this.drawSoon();
  }

  // Follows the sound: when it leaves the view, the view turns the page.
  setPlayhead(time, playing) {
    const length = this.view.end - this.view.start;
    if (playing && (time < this.view.start || time > this.view.end)) this.show(time - 0.1 * length, time + 0.9 * length);
    this.placeLine("playhead", time);
  }

  placeLine(id, time) {
    const line = document.getElementById(id);
    const part = (time - this.view.start) / (this.view.end - this.view.start);
    line.hidden = !(part >= 0 && part <= 1);
    line.style.left = 100 * part + "%";
    line.dataset.time = time;
  }

  // --- Drawing

  drawSoon() {
    if (this.pending) return;
    this.pending = requestAnimationFrame(() => { this.pending = 0; this.draw(); });
  }

  draw() {
    const inks = getComputedStyle(document.documentElement);
    this.tick = this.tickSeconds();
    this.drawAxis(inks);
    for (const party of this.parties) { this.drawLane(party, inks); this.placeMarks(party); }
    if (this.parties.length === 2) this.drawOverlaps(inks);
    if (this.zoomed) this.drawOverview(inks);
    const playhead = document.getElementById("playhead");
    if (playhead.dataset.time) this.placeLine("playhead", Number(playhead.dataset.time));
    this.onDrawn();
  }

  tickSeconds() {
    const least_s = ((this.view.end - this.view.start) * kTickPx) / Math.max(kTickPx, this.canvas.axis.clientWidth);
    return [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800].find((s) => s >= least_s) || 3600;
  }

  drawAxis(inks) {
    const frame = openFrame(this.canvas.axis, 22, this.view, inks);
    frame.g.fillStyle = frame.ink("soft");
    frame.g.font = "12px system-ui, sans-serif";
    for (let t = Math.ceil(this.view.start / this.tick) * this.tick; t <= this.view.end; t += this.tick) {
      const text = clock(t, this.tick < 1 ? 1 : 0);
      const x = xOf(frame, t), width = frame.g.measureText(text).width;
      if (x + width < frame.width || x - width / 2 < 0) frame.g.fillText(text, Math.max(0, x - width / 2), 14);
    }
  }

  drawLane(party, inks) {
    const track = this.data.track[party], summary = this.call.parties[party];
    const last = party === "customer" ? kStrips.distress : kStrips.level;
    const frame = openFrame(this.canvas[party], last.top + last.height + 6, this.view, inks);
    const segments = this.segments(party).filter((s) => s.end_s > this.view.start && s.start_s < this.view.end);
    const loudest = Math.max(5, track.peak.reduce((a, b) => Math.max(a, b), 0));
    drawGrid(frame, this.tick, 0, frame.height);
    drawSpeech(frame, segments, party);
    drawVoice(frame, track, this.step, loudest, party);
    drawPitch(frame, track, this.step, summary.f0_median_hz, party);
    drawLevel(frame, track, this.step, summary.level_dbfs, party);
    if (party === "customer") drawDistress(frame, track, this.step, segments);
    this.call.cues.forEach((cue, i) => { if (cue.party === party) drawCue(frame, cue, i === this.chosen); });
  }

  drawOverlaps(inks) {
    const frame = openFrame(this.canvas.overlaps, kOverlapHeightPx, this.view, inks);
    const half = kOverlapHeightPx / 2;
    frame.g.fillStyle = frame.ink("line");
    frame.g.fillRect(0, half - 0.5, frame.width, 1);
    for (const overlap of this.call.overlaps) drawOverlap(frame, overlap, overlap.starter === "agent" ? 1 : half + 2, half - 3);
  }

  drawOverview(inks) {
    const frame = openFrame(this.overview, 36, { start: 0, end: this.duration }, inks);
    this.parties.forEach((party, i) => {
      frame.g.fillStyle = frame.ink(party);
      for (const s of this.segments(party)) frame.g.fillRect(xOf(frame, s.start_s), 9 + 9 * i, Math.max(1, xOf(frame, s.end_s) - xOf(frame, s.start_s)), 6);
    });
    for (const cue of this.call.cues) {
      frame.g.fillStyle = frame.ink(inkOf(cue.kind));
      frame.g.fillRect(xOf(frame, cue.start_s) - 1, cue.party === "agent" ? 2 : 26, 2, 6);
    }
    const x = xOf(frame, this.view.start), width = Math.max(6, xOf(frame, this.view.end) - x);
    frame.g.strokeStyle = frame.ink("ink");
    frame.g.lineWidth = 2;
    frame.g.strokeRect(Math.max(1, x), 1, Math.min(width, frame.width - x - 1), 34);
  }

  // --- Marks: in rows as far as there is room; beyond that a number stands for several.

  placeMarks(party) {
    const plot = this.marks[party];
    const focused = plot.contains(document.activeElement) ? document.activeElement.dataset.cue : null;
    const width = plot.clientWidth, length = this.view.end - this.view.start;
    const rows = [], groups = [];
    const order = this.call.cues.map((cue, i) => i).filter((i) => {
      const cue = this.call.cues[i];
      return cue.party === party && cue.start_s >= this.view.start && cue.start_s <= this.view.end;
    }).sort((a, b) => this.call.cues[a].start_s - this.call.cues[b].start_s);
    for (const i of order) {
      const x = Math.max(12, Math.min(width - 12, ((this.call.cues[i].start_s - this.view.start) / length) * width));
      let row = rows.findIndex((end) => end <= x - kMarkPx / 2);
      if (row < 0 && rows.length < kMarkRows) row = rows.length;
      if (row < 0) { groups[groups.length - 1].cues.push(i); continue; }
      rows[row] = x + kMarkPx / 2;
      groups.push({ x, row, cues: [i] });
    }
    plot.style.height = Math.max(1, rows.length) * kMarkPx + "px";
    plot.replaceChildren(...groups.map((group) => this.markButton(group, rows.length, width)));
    if (focused !== null) plot.querySelector('[data-cue="' + focused + '"]')?.focus({ preventScroll: true });
  }

  markButton(group, rowCount, width) {
    const [first] = group.cues;
    const words = this.data.cues[first];
    const many = group.cues.length > 1;
    const label = many ? group.cues.length + " moments from " + words.clock : words.title + ". " + words.reason;
    const button = make("button", { type: "button", "aria-label": label, "data-cue": String(first) },
      many ? String(group.cues.length) : markOf(this.call.cues[first].kind, words.letter));
    button.classList.toggle("many", many);
    button.classList.toggle("chosen", group.cues.includes(this.chosen));
    button.style.left = (100 * group.x) / width + "%";
    button.style.top = (rowCount - 1 - group.row) * kMarkPx + "px";
    const tell = () => this.tellCues(group.cues, button);
    button.addEventListener("pointerenter", tell);
    button.addEventListener("focus", tell);
    button.addEventListener("pointerleave", () => this.hideTip());
    button.addEventListener("blur", () => this.hideTip());
    button.addEventListener("click", () => this.onChoose(first, { focusMoves: false }));
    return button;
  }

  // --- What the pointer says

  tellCues(indices, anchor) {
    this.showTip(indices.length === 1 ? this.reasonOf(indices[0]) : this.namesOf(indices), anchor.getBoundingClientRect());
  }

  reasonOf(index) {
    const words = this.data.cues[index], cue = this.call.cues[index];
    const fine = "Told at " + clock(cue.raised_at_s, 1) + ", confidence " + cue.confidence.toFixed(2) + "." +
      (cue.kind === "distress" ? " " + this.data.distress_note : "");
    return [make("strong", {}, words.title), make("p", {}, words.reason + "."), make("p", { class: "fine" }, fine)];
  }

  namesOf(indices) {
    const shown = indices.slice(0, kNamesInTip).map((i) => make("p", {}, this.data.cues[i].clock + "  " + this.data.cues[i].title));
    const more = indices.length - shown.length;
    return more > 0 ? [...shown, make("p", { class: "fine" }, "and " + more + " more")] : shown;
  }

  showTip(content, box) {
    clearTimeout(this.tipTimer);
    this.tip.replaceChildren(...content);
    this.tip.hidden = false;
    const width = this.tip.offsetWidth, height = this.tip.offsetHeight;
    const left = Math.max(8, Math.min(innerWidth - width - 16, box.left + box.width / 2 - width / 2));
    const top = box.top - height - 8 > 0 ? box.top - height - 8 : box.bottom + 8;
    this.tip.style.left = left + scrollX + "px";
    this.tip.style.top = top + scrollY + "px";
  }

  // A moment later, so that the pointer can go onto the tip and select its text.
  hideTip() {
    clearTimeout(this.tipTimer);
    this.tipTimer = setTimeout(() => { if (!this.tip.matches(":hover")) this.tip.hidden = true; }, 250);
  }
}
