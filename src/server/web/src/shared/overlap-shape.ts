import type { OverlapKind } from "./kinds";

interface Box { x: number; y: number; width: number; height: number }

// Each kind of overlap has its own shape, the same on every page; in the colour that `g` has now.
export function paintOverlapShape(g: CanvasRenderingContext2D, kind: OverlapKind, { x, y, width, height }: Box, dotPx: number): void {
  g.lineWidth = 1;
  const outline = () => g.strokeRect(x + 0.5, y + 0.5, Math.max(1, width - 1), height - 1);
  switch (kind) {
    case "interruption":
      g.fillRect(x, y, width, height);
      break;
    case "attempt":
      hatch(g, x, y, width, height);
      outline();
      break;
    case "simultaneous_start":
      outline();
      break;
    case "terminal_overlap":
      g.fillRect(x, y + height - 4, width, 4);
      break;
    case "backchannel":
      g.beginPath();
      g.arc(x + width / 2, y + height / 2, dotPx, 0, 7);
      g.fill();
  }
}

export function hatch(g: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  g.save();
  g.beginPath();
  g.rect(x, y, width, height);
  g.clip();
  g.beginPath();
  for (let i = Math.floor(x / 5) * 5 - height; i < x + width; i += 5) {
    g.moveTo(i, y + height);
    g.lineTo(i + height, y);
  }
  g.stroke();
  g.restore();
}
