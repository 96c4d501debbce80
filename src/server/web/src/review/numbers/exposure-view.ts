import { html, nothing, type TemplateResult } from "lit";
import { kDistressNote, times } from "../../shared/words";
import { place } from "../place";
import { AskedView } from "./asked-view";
import type { Exposure } from "./contract";
import { whenFields } from "./controls";
import { dayWord, wholeSpanWord } from "./days";
import "./hour-chart";
import { kLineKinds, lineSample } from "./marker";
import { groupWord, leastWord } from "./measure-card";
import { tickOf, valueOf } from "./measures";
import { queryOf, spanOf } from "./query";
import "./trend-chart";

// How much of their day people spend with distressed callers, so that breaks can be planned.
class ExposureView extends AskedView<Exposure> {
  protected override get wanted(): string {
    return `/api/numbers/exposure?${new URLSearchParams(spanOf(queryOf(place.search)))}`;
  }

  protected override head(): TemplateResult {
    return html`<search class="filters" aria-label="Which days">${whenFields(queryOf(place.search))}</search>`;
  }

  protected override told(answer: Exposure): TemplateResult {
    const { hours, shifts, days, least } = answer;
    return html`<p class="lead">${wholeSpanWord(answer)}, hours of the day in ${answer.zone}. Nobody is named; ${leastWord(least)} stand behind each figure.</p>
      <section><h2>By the hour of the day</h2>${heaviest(answer)}<review-hours class="card" .hours=${hours}></review-hours></section>
      <section><h2>In a shift</h2>
        <p class="lead">A shift is one agent's calls of one day. Half of all shifts have less than the middle one; one in ten has more than the
          long one. After those a break helps most.</p>
        ${table("Minutes with distressed callers in a shift", ["Team", "Middle shift", "Long shift", "Shifts", "Agents"],
          shifts.map((row) => [row.team === null ? "All together" : groupWord(row.team, "team"),
            ...(row.too_few ? ["too few", "too few", "–", "–"] : [valueOf(row.median_min, "min"), valueOf(row.p90_min, "min"), row.shifts, row.agents])]))}</section>
      <section><h2>By day and team</h2>
        ${days.length === 0 ? html`<p>There are no calls in this time.</p>`
          : html`${eachDay(days)}${daysLeftOut(days, least)}`}</section>
      <p class="fine">${kDistressNote} Minutes count in the hour in which their call began. A dash in the drawing: too few calls.</p>`;
  }
}

// The hour in which a break is worth most, where one stands out: half as much again as the middle hour.
function heaviest({ hours }: Exposure): TemplateResult | typeof nothing {
  const told = hours.flatMap((one) => (one.too_few || one.distress_min_per_h === null ? [] : [{ hour: one.hour, rate: one.distress_min_per_h }]));
  const sorted = [...told].sort((one, other) => one.rate - other.rate);
  const most = sorted.at(-1), middle = sorted[Math.floor(sorted.length / 2)];
  if (!most || !middle || most.rate < 1.5 * middle.rate) return nothing;
  return html`<p class="notice"><span class="sign" aria-hidden="true">i</span>Calls that begin between ${most.hour}:00 and ${most.hour + 1}:00 bring the
    most: ${valueOf(most.rate, "min_per_h")} with a distressed caller in an hour of calls. In half of the hours it is
    ${valueOf(middle.rate, "min_per_h")} or less. A break helps most after that hour.</p>`;
}

function eachDay(days: Exposure["days"]): TemplateResult | typeof nothing {
  const told = days.filter((row) => !row.too_few);
  if (told.length === 0) return nothing;
  return html`<div class="card">${daily(days)}</div>${table("Each day", ["Day", "Team", "With distressed callers", "Calls with signs of distress", "Calls"],
    told.map((row) => [dayWord(row.day), groupWord(row.team, "team"), valueOf(row.distress_min, "min"), row.distress_calls, row.calls]), "tall")}`;
}

// A quiet site has more of them than of the others: one line, not a row each.
function daysLeftOut(days: Exposure["days"], least: Exposure["least"]): TemplateResult | typeof nothing {
  const count = days.filter((row) => row.too_few).length;
  return count === 0 ? nothing
    : html`<p class="fine">${times(count, "day of a team is", "days of a team are")} left out: ${leastWord(least)} are needed.</p>`;
}

// Minutes of each day, a line for each team.
function daily(days: Exposure["days"]): TemplateResult {
  const dates = [...new Set(days.map(({ day }) => day))].sort();
  const lines = [...new Set(days.map(({ team }) => team))].sort().slice(0, kLineKinds).map((team, kind) => ({
    name: groupWord(team, "team"), kind,
    values: dates.map((date) => {
      const told = days.find((one) => one.day === date && one.team === team);
      return told && !told.too_few ? told.distress_min : null;
    }),
  }));
  return html`<ul class="now">${lines.map(({ name, kind }) => html`<li>${lineSample(kind)} <span class="line-name">${name}</span></li>`)}</ul>
    <review-trend .label=${"Minutes with distressed callers by day; the figures are in the table below."} .lines=${lines} .steps=${dates.map(dayWord)}
      .format=${(value: number) => tickOf(value, "min")}></review-trend>`;
}

function table(name: string, heads: readonly string[], rows: readonly (readonly (string | number)[])[], kind = ""): TemplateResult {
  return html`<div class="table ${kind}" role="region" aria-label=${name} tabindex="0"><table>
    <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
    <tbody>${rows.map(([first, ...cells]) => html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}

customElements.define("review-exposure", ExposureView);
