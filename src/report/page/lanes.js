"use strict";
// Draws one party's lane: voice, pitch, level and, for the customer, the estimate of distress.
// All functions take a `frame`: {g, width, view: {start, end}, ink(name)}; times are in seconds.

const kStrips = {
  voice: { top: 2, height: 54 },
  pitch: { top: 64, height: 50 },
  level: { top: 122, height: 34 },
  distress: { top: 164, height: 30 },
};
const kPitchSpanSt = 12;  // Above and below the median: an octave each way.
const kLevelSpanDb = 20;

const kCrowdedS = 900;  // From here on a mark's line steps back, or marks would hide the voices.

const kGrave = ["interruption", "distress"];
const inkOf = (kind) => (kGrave.includes(kind) ? "grave" : kind === "recovered" ? "good" : "note");

const xOf = (frame, time) => ((time - frame.view.start) / (frame.view.end - frame.view.start)) * frame.width;

function openFrame(canvas, height, view, inks) {
  const scale = window.devicePixelRatio || 1;
  const style = getComputedStyle(canvas);
  const width = canvas.clientWidth - parseFloat(style.paddingLeft);
  canvas.style.height = height + "px";
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.round(height * scale);
  const g = canvas.getContext("2d");
  g.scale(scale, scale);
  return { g, width, height, view, ink: (name) => inks.getPropertyValue("--" + name).trim() };
}

// Calls use(x, width, first, end) for every drawn column: the track points [first, end) behind it.
function eachColumn(frame, step, count, columnWidth, use) {
  const perPoint = frame.width / ((frame.view.end - frame.view.start) / step);
  const width = Math.max(columnWidth, perPoint);
  const pointsPerColumn = width / perPoint;
  const firstColumn = Math.floor(frame.view.start / step / pointsPerColumn);
  const lastColumn = Math.ceil(frame.view.end / step / pointsPerColumn);
  for (let column = firstColumn; column < lastColumn; ++column) {
    const first = Math.round(column * pointsPerColumn);
    const end = Math.min(Math.max(first + 1, Math.round((column + 1) * pointsPerColumn)), count);
    if (first >= 0 && first < end) use(xOf(frame, first * step), width, first, end);
  }
}

function drawGrid(frame, seconds, top, bottom) {
  frame.g.strokeStyle = frame.ink("line");
  frame.g.lineWidth = 1;
  for (let t = Math.ceil(frame.view.start / seconds) * seconds; t <= frame.view.end; t += seconds) {
    const x = Math.round(xOf(frame, t)) + 0.5;
    frame.g.beginPath();
    frame.g.moveTo(x, top);
    frame.g.lineTo(x, bottom);
    frame.g.stroke();
  }
}

function drawSpeech(frame, segments, ink) {
  const { top, height } = kStrips.voice;
  frame.g.fillStyle = frame.ink(ink);
  for (const s of segments) {
    const x = xOf(frame, s.start_s), width = Math.max(1, xOf(frame, s.end_s) - x);
    frame.g.globalAlpha = 0.12;
    frame.g.fillRect(x, top, width, height);
    frame.g.globalAlpha = 1;
    frame.g.fillRect(x, top + height - 2, width, 2);
  }
}

function drawVoice(frame, track, step, loudest, ink) {
  const { top, height } = kStrips.voice;
  const middle = top + height / 2;
  frame.g.fillStyle = frame.ink(ink);
  eachColumn(frame, step, track.peak.length, 3, (x, width, first, end) => {
    let peak = 0;
    for (let i = first; i < end; ++i) peak = Math.max(peak, track.peak[i]);
    const half = Math.max(0.5, Math.min(1, peak / loudest) * (height / 2 - 3));
    frame.g.fillRect(x, middle - half, Math.max(1, 0.65 * width), 2 * half);
  });
}

function drawUsual(frame, strip) {
  const y = Math.round(strip.top + strip.height / 2) + 0.5;
  frame.g.strokeStyle = frame.ink("control");
  frame.g.lineWidth = 1;
  frame.g.setLineDash([3, 4]);
  frame.g.beginPath();
  frame.g.moveTo(0, y);
  frame.g.lineTo(frame.width, y);
  frame.g.stroke();
  frame.g.setLineDash([]);
}

function boxOf(frame, strip) {
  frame.g.fillStyle = frame.ink("ink");
  frame.g.globalAlpha = 0.035;
  frame.g.fillRect(0, strip.top, frame.width, strip.height);
  frame.g.globalAlpha = 1;
}

// The middle half of the voiced points of each column, so that a single wild point does not show.
function drawPitch(frame, track, step, usual_hz, ink) {
  const strip = kStrips.pitch;
  boxOf(frame, strip);
  if (!usual_hz) return;
  drawUsual(frame, strip);
  const yOf = (f0_hz) => {
    const st = (12 * Math.log2(f0_hz / usual_hz)) / kPitchSpanSt;
    return strip.top + (strip.height / 2) * (1 - Math.max(-1, Math.min(1, st)));
  };
  frame.g.fillStyle = frame.ink(ink);
  eachColumn(frame, step, track.f0_hz.length, 1.5, (x, width, first, end) => {
    const voiced = track.f0_hz.slice(first, end).filter((f) => f > 0).sort((a, b) => a - b);
    if (!voiced.length) return;
    const low = yOf(voiced[Math.floor((voiced.length - 1) * 0.25)]);
    const high = yOf(voiced[Math.ceil((voiced.length - 1) * 0.75)]);
    frame.g.fillRect(x, high - 1, Math.max(1.5, width), low - high + 2);
  });
}

function drawLevel(frame, track, step, usual_dbfs, ink) {
  const strip = kStrips.level;
  boxOf(frame, strip);
  if (usual_dbfs === null) return;
  const bottom = strip.top + strip.height;
  frame.g.fillStyle = frame.ink(ink);
  frame.g.globalAlpha = 0.55;
  eachColumn(frame, step, track.level_dbfs.length, 1, (x, width, first, end) => {
    let level = -100;
    for (let i = first; i < end; ++i) level = Math.max(level, track.level_dbfs[i]);
    const part = (level - usual_dbfs + kLevelSpanDb) / (2 * kLevelSpanDb);
    const height = Math.max(0, Math.min(1, part)) * strip.height;
    frame.g.fillRect(x, bottom - height, width, height);
  });
  frame.g.globalAlpha = 1;
  drawUsual(frame, strip);
}

function hatch(frame, x, y, width, height) {
  frame.g.save();
  frame.g.beginPath();
  frame.g.rect(x, y, width, height);
  frame.g.clip();
  frame.g.lineWidth = 1;
  frame.g.beginPath();
  for (let i = Math.floor(x / 5) * 5 - height; i < x + width; i += 5) {
    frame.g.moveTo(i, y + height);
    frame.g.lineTo(i + height, y);
  }
  frame.g.stroke();
  frame.g.restore();
}

// The estimate as an area; speech without one ("don't know") is hatched.
function drawDistress(frame, track, step, segments) {
  const strip = kStrips.distress;
  const bottom = strip.top + strip.height;
  boxOf(frame, strip);
  frame.g.strokeStyle = frame.ink("control");
  for (const s of segments) {
    const known = (i) => track.distress[i] >= 0;
    const last = Math.min(Math.ceil(s.end_s / step), track.distress.length);
    let from = Math.floor(s.start_s / step);
    while (from < last) {
      let to = from;
      while (to < last && known(to) === known(from)) ++to;
      const x = xOf(frame, from * step);
      if (!known(from)) hatch(frame, x, strip.top, xOf(frame, to * step) - x, strip.height);
      from = to;
    }
  }
  frame.g.fillStyle = frame.ink("grave");
  eachColumn(frame, step, track.distress.length, 1, (x, width, first, end) => {
    let score = -1;
    for (let i = first; i < end; ++i) score = Math.max(score, track.distress[i]);
    const height = (Math.max(0, score) / 100) * strip.height;
    frame.g.globalAlpha = 0.5;
    frame.g.fillRect(x, bottom - height, width, height);
    frame.g.globalAlpha = 1;
    if (score >= 0) frame.g.fillRect(x, bottom - height - 1, width, 1.5);
  });
}

function drawCue(frame, cue, chosen) {
  const x = xOf(frame, cue.start_s), width = Math.max(2, xOf(frame, cue.end_s) - x);
  frame.g.fillStyle = frame.ink(inkOf(cue.kind));
  frame.g.globalAlpha = chosen ? 0.3 : 0.13;
  frame.g.fillRect(x, 0, width, frame.height);
  frame.g.globalAlpha = frame.view.end - frame.view.start > kCrowdedS ? 0.5 : 1;
  frame.g.fillRect(x - 0.75, 0, 1.5, frame.height);
  frame.g.globalAlpha = 1;
}

// Each kind of overlap has its own shape.
function drawOverlap(frame, overlap, top, height) {
  const x = xOf(frame, overlap.start_s), width = Math.max(2, xOf(frame, overlap.end_s) - x);
  const g = frame.g;
  const soft = frame.ink("soft"), grave = frame.ink("grave");
  g.fillStyle = g.strokeStyle = overlap.kind === "interruption" ? grave : soft;
  g.lineWidth = 1;
  if (overlap.kind === "interruption") {
    g.fillRect(x, top, width, height);
  } else if (overlap.kind === "attempt") {
    hatch(frame, x, top, width, height);
    g.strokeRect(x + 0.5, top + 0.5, Math.max(1, width - 1), height - 1);
  } else if (overlap.kind === "simultaneous_start") {
    g.strokeRect(x + 0.5, top + 0.5, Math.max(1, width - 1), height - 1);
  } else if (overlap.kind === "terminal_overlap") {
    g.fillRect(x, top + height - 4, width, 4);
  } else {
    g.beginPath();
    g.arc(x + width / 2, top + height / 2, frame.view.end - frame.view.start > kCrowdedS ? 1.5 : 3, 0, 7);
    g.fill();
  }
}
