import { scaleLinear } from 'd3-scale';
import { html } from '../../../base/text/htmlMarkup.js';
import type { Markup } from '../../../base/text/htmlMarkup.js';
import { toneOf } from './chartSeries.js';
import { chartSvg, chartWidth, shortNumber } from './chartSvg.js';
import type { ChartWords } from './chartSvg.js';

/** A bar, with its name above it and a remark below it. */
export interface ChartBar {
  readonly name: string;
  readonly remark: string;
  /** Parts from left to right. */
  readonly parts: readonly { readonly name: string; readonly value: number }[];
}

const rowHeight = 78;
const thickness = 12;
/** Characters of a name that fit, also on a phone. The whole name is in the table. */
const longestName = 40;

/** Bars below each other, which share one scale. */
export function barChart(words: ChartWords, bars: readonly ChartBar[]): Markup {
  const sums = bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  const x = scaleLinear([0, Math.max(...sums, 1)], [0, chartWidth]);
  const rows = bars.map(({ name, remark, parts }, index) => {
    const top = index * rowHeight;
    const shown = name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
    return html`<g>
      <text class="name" x="0" y="${top + 18}">${shown}</text>
      <text class="label" x="0" y="${top + 58}">${remark}</text>
      <rect class="track" x="0" y="${top + 26}" width="${chartWidth}" height="${thickness}" rx="2" />
      ${partsOf(parts, x).map(
        ({ part, from, to, place }) =>
          html`<rect
            class="${toneOf(place)}"
            x="${shortNumber(from)}"
            y="${top + 26}"
            width="${shortNumber(to - from)}"
            height="${thickness}"
            rx="2"
          >
            <title>${name}: ${part}</title>
          </rect>`,
      )}
    </g>`;
  });
  return chartSvg(words, bars.length * rowHeight - 8, rows);
}

interface PlacedPart {
  readonly part: string;
  readonly from: number;
  readonly to: number;
  readonly place: number;
}

function partsOf(parts: ChartBar['parts'], x: (value: number) => number): PlacedPart[] {
  let sum = 0;
  const placed = parts.map(({ name, value }, place) => {
    const from = x(sum);
    sum += value;
    return { part: `${name} ${value.toLocaleString('en-US')}`, from, to: x(sum), place };
  });
  return placed.filter(({ from, to }) => to > from);
}
