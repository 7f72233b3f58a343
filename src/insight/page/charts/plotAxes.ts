import { scaleLinear } from 'd3-scale';
import type { ScaleLinear } from 'd3-scale';
import { html } from '../../../base/text/htmlMarkup.js';
import type { Markup } from '../../../base/text/htmlMarkup.js';
import type { MeasureUnit } from '../../kpi/measureDefinitions.js';
import { compactText } from '../numberWords.js';
import type { ChartCategory } from './chartSeries.js';
import { chartWidth, shortNumber } from './chartSvg.js';

/** Where values are drawn. */
export const plot = { left: 62, right: chartWidth - 8, top: 16, bottom: 196, height: 250 } as const;

const wantedTicks = 4;

/** A scale of values from 0, or below it, to a round number. */
export function valueScale(values: readonly (number | null)[]): ScaleLinear<number, number> {
  const known = values.filter((value) => value !== null);
  const [least, most] = [Math.min(0, ...known), Math.max(0, ...known)];
  return scaleLinear([least, most === least ? least + 1 : most], [plot.bottom, plot.top]).nice(wantedTicks);
}

export function valueAxis(scale: ScaleLinear<number, number>, unit: MeasureUnit): Markup {
  const isWhole = unit === 'members' || unit === 'purchases' || unit === 'vouchers';
  const ticks = scale.ticks(wantedTicks).filter((tick) => !isWhole || Number.isInteger(tick));
  const lines = ticks.map((tick) => {
    const y = shortNumber(scale(tick));
    return html`<line
        class="${tick === 0 ? 'base' : 'grid'}"
        x1="${plot.left}"
        x2="${plot.right}"
        y1="${y}"
        y2="${y}"
      />
      <text class="label" x="${plot.left - 10}" y="${y}" dy=".35em" text-anchor="end"
        >${compactText(tick, unit)}</text
      >`;
  });
  return html`<g>${lines}</g>`;
}

/** @param middle x of the middle of a category */
export function categoryAxis(categories: readonly ChartCategory[], middle: (index: number) => number): Markup {
  const labels = categories.map(({ name, below = '' }, index) => {
    const x = shortNumber(middle(index));
    // Where there is little room, every second label is left out.
    const kind = categories.length > 6 && index % 2 === 1 && below === '' ? 'label between' : 'label';
    return html`<text class="${kind}" x="${x}" y="${plot.bottom + 23}" text-anchor="middle">
      ${name}${below === '' ? '' : html`<tspan x="${x}" dy="1.35em">${below}</tspan>`}
    </text>`;
  });
  return html`<g>${labels}</g>`;
}
