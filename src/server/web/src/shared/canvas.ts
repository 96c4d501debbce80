// A canvas drawn sharp, in the colours of the page.
export interface Frame {
  g: CanvasRenderingContext2D;
  width: number;
  height: number;
  ink(name: string): string;
}

export function openFrame(canvas: HTMLCanvasElement, height: number): Frame | null {
  const g = canvas.getContext("2d");
  const width = canvas.clientWidth;
  if (!g || width === 0) return null;
  const scale = window.devicePixelRatio || 1;
  const wide = Math.round(width * scale), high = Math.round(height * scale);
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
    canvas.style.height = `${height}px`;
  }
  g.setTransform(scale, 0, 0, scale, 0, 0);
  g.clearRect(0, 0, width, height);
  const inks = getComputedStyle(document.documentElement);
  return { g, width, height, ink: (name) => inks.getPropertyValue(`--${name}`).trim() };
}

export const kGutterPx = 64;  // Left of the strip and of the traces, so that their times line up.
export const kFont = '12px system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif';
