import { html, nothing, svg, type TemplateResult } from "lit";
import type { Exposure } from "./contract";
import { tickOf, valueOf } from "./measures";
import { roundAbove } from "./scale";
import { WideChart } from "./wide-chart";

const kHeightPx = 170, kLeftPx = 58, kRightPx = 8, kTopPx = 10, kBottomPx = 24;

// Minutes with distressed callers in an hour of calls, for each hour of the day.
class HourChart extends WideChart {
  static override properties = { hours: { attribute: false } };
  declare hours: Exposure["hours"];

  constructor() {
    super();
    this.hours = [];
  }

  protected override render(): TemplateResult {
    return html`${this.width > kLeftPx + 60 ? this.chart() : nothing}
      <details><summary>As a table<span class="unseen">: by the hour of the day</span></summary>
        <div class="table" role="region" aria-label="By the hour of the day, table" tabindex="0"><table>
          <thead><tr><th scope="col">Calls that began at</th><th scope="col">In an hour of calls</th><th scope="col">In all</th>
            <th scope="col">Calls with signs of distress</th><th scope="col">Calls</th></tr></thead>
          <tbody>${this.hours.map((one) => html`<tr><th scope="row">${one.hour}:00</th>${one.too_few
            ? html`<td>too few</td><td>–</td><td>–</td><td>–</td>`
            : html`<td>${valueOf(one.distress_min_per_h, "min_per_h")}</td><td>${valueOf(one.distress_min, "min")}</td>
              <td>${one.distress_calls}</td><td>${one.calls}</td>`}</tr>`)}</tbody></table></div></details>`;
  }

  private chart(): TemplateResult {
    const { width } = this;
    const rates = this.hours.map((one) => (one.too_few ? null : one.distress_min_per_h));
    const top = roundAbove(Math.max(0, ...rates.map((rate) => rate ?? 0)));
    const y = (value: number) => kTopPx + (kHeightPx - kTopPx - kBottomPx) * (1 - value / top);
    const wide = (width - kLeftPx - kRightPx) / Math.max(this.hours.length, 1);
    const every = wide * 3 < 40 ? 6 : 3;  // Hours that are named.
    return html`<svg class="chart" role="img" width=${width} height=${kHeightPx} viewBox="0 0 ${width} ${kHeightPx}"
      aria-label="Minutes with distressed callers in an hour of calls, by the hour of the day; the figures are in the table below.">
      ${[0, top / 2, top].map((value) => svg`<path class="grid" d="M${kLeftPx} ${y(value)}H${width - kRightPx}"></path>
        <text class="tick end" x=${kLeftPx - 8} y=${y(value) + 4}>${tickOf(value, "min_per_h")}</text>`)}
      ${rates.map((rate, i) => {
        const x = kLeftPx + wide * i;
        return svg`${rate === null ? svg`<path class="few" d="M${x + wide * 0.3} ${y(0) - 4}H${x + wide * 0.7}"></path>`
          : svg`<rect class="hour" x=${x + wide * 0.15} y=${y(rate)} width=${wide * 0.7} height=${y(0) - y(rate)}></rect>`}
          ${i % every === 0 ? svg`<text class="tick middle" x=${x + wide / 2} y=${kHeightPx - 7}>${i}:00</text>` : nothing}`;
      })}</svg>`;
  }
}

customElements.define("review-hours", HourChart);
