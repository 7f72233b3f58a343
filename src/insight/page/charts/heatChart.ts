import { scaleBand, scaleLinear } from 'd3-scale';
import { html } from '../../../base/text/htmlMarkup.js';
import type { Markup } from '../../../base/text/htmlMarkup.js';
import { chartSvg, chartWidth, shortNumber } from './chartSvg.js';
import type { ChartWords } from './chartSvg.js';

/** Shares from 0 to 1 of one row. */
export interface HeatRow {
  readonly name: string;
  readonly shares: readonly number[];
}

const rowHeight = 30;
const left = 96;
const head = 26;

/** The text in a cell can be read up to this opacity of the ground, in light and in the dark. */
const strongest = 0.45;

/** A table of shares, tinted by how large they are. */
export function heatChart(words: ChartWords, rows: readonly HeatRow[]): Markup {
  const columns = Math.max(...rows.map(({ shares }) => shares.length));
  const x = scaleBand(
    Array.from({ length: columns }, (_, index) => index),
    [left, chartWidth],
  );
  const most = Math.max(...rows.flatMap(({ shares }) => shares), 0.01);
  const opacity = scaleLinear([0, most], [0.04, strongest]);
  const middle = (index: number): number => shortNumber((x(index) ?? 0) + x.bandwidth() / 2);
  const heads = x
    .domain()
    .map((age) => html`<text class="head" x="${middle(age)}" y="16" text-anchor="middle">${`+${age}`}</text>`);
  const drawn = rows.map(({ name, shares }, row) => {
    const top = head + row * rowHeight;
    const cells = shares.map(
      (share, age) =>
        html`<rect
            class="tone1"
            fill-opacity="${Math.round(opacity(share) * 100) / 100}"
            x="${shortNumber((x(age) ?? 0) + 1)}"
            y="${top + 1}"
            width="${shortNumber(x.bandwidth() - 2)}"
            height="${rowHeight - 2}"
            rx="2"
          />
          <text class="cell" x="${middle(age)}" y="${top + rowHeight / 2}" dy=".35em" text-anchor="middle">
            ${Math.round(share * 100)}
          </text>`,
    );
    return html`<g>
      <text class="label" x="0" y="${top + rowHeight / 2}" dy=".35em">${name}</text>
      ${cells}
    </g>`;
  });
  return chartSvg(words, head + rows.length * rowHeight, [html`<g>${heads}</g>`, ...drawn]);
}
