// A round number of at least `value`: where an axis from 0 may end, so that its half is round, too.
export function roundAbove(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 4, 5, 6, 8, 10].find((one) => one * power >= value * (1 - 1e-9)) ?? 10;
  return step * power;
}

// Lines through the points; where one is missing the line is broken.
export function pathOf(xs: readonly number[], ys: readonly (number | null)[]): string {
  let pen = "M";
  let path = "";
  ys.forEach((y, i) => {
    if (y === null) return void (pen = "M");
    path += `${pen}${xs[i]!.toFixed(1)} ${y.toFixed(1)}`;
    pen = "L";
  });
  return path;
}
