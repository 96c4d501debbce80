// What all drawing of the call shares: the part right of the names, and the time that it shows.
import type { Frame } from "../../shared/canvas";
import type { CallModel } from "./call-model";
import type { TimeScale } from "./time-scale";

export const kLabelPx = 134;  // Names and scales of the rows, left of the plot.

export interface Plot {
  g: CanvasRenderingContext2D;
  width: number;
  ink(name: string): string;
  scale: TimeScale;
  model: CallModel;
}

// Puts the origin where the time line begins.
export function openPlot({ g, width, ink }: Frame, scale: TimeScale, model: CallModel): Plot {
  const known = new Map<string, string>();
  const inkOnce = (name: string): string => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const now = ink(name);
    known.set(name, now);
    return now;
  };
  g.translate(kLabelPx, 0);
  return { g, width: width - kLabelPx, ink: inkOnce, scale, model };
}

export const xOf = (plot: Plot, time_s: number): number => plot.scale.xOf(time_s, plot.width);

// Draws within the plot alone.
export function clipped(plot: Plot, height: number, draw: () => void): void {
  plot.g.save();
  plot.g.beginPath();
  plot.g.rect(0, 0, plot.width, height);
  plot.g.clip();
  draw();
  plot.g.restore();
}
