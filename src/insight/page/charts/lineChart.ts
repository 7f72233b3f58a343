import { scalePoint } from 'd3-scale';
import { area, curveMonotoneX, line } from 'd3-shape';
import { html } from '../../../base/text/htmlMarkup.js';
import type { Markup } from '../../../base/text/htmlMarkup.js';
import { measureText } from '../../measureText.js';
import { toneOf } from './chartSeries.js';
import { chartSvg, shortNumber } from './chartSvg.js';
import type { ChartWords } from './chartSvg.js';
import type { PlottedValues } from './columnChart.js';
import { categoryAxis, plot, valueAxis, valueScale } from './plotAxes.js';

/** Lines over categories, each with a dot at its last value. The first one has a tinted ground. */
export function lineChart(words: ChartWords, { unit, categories, series }: PlottedValues): Markup {
  const y = valueScale(series.flatMap(({ values }) => values));
  const x = scalePoint(
    categories.map((_, index) => index),
    [plot.left, plot.right],
  ).padding(0.5);
  const xAt = (_: number | null, index: number): number => x(index) ?? 0;
  const drawn = series.map(({ name, values }, place) => {
    const isKnown = (value: number | null): boolean => value !== null;
    const yAt = (value: number | null): number => y(value ?? 0);
    const path = line(xAt, yAt).defined(isKnown).curve(curveMonotoneX).digits(1);
    const ground = area(xAt, y(0), yAt).defined(isKnown).curve(curveMonotoneX).digits(1);
    const last = values.findLastIndex(isKnown);
    const value = values[last] ?? null;
    return html`${place === 0 ? html`<path class="ground ${toneOf(place)}" d="${ground(values) ?? ''}" />` : ''}
      <path class="line ${toneOf(place)}" d="${path(values) ?? ''}" />
      ${
        value === null
          ? ''
          : html`<circle
              class="${toneOf(place)}"
              cx="${shortNumber(x(last) ?? 0)}"
              cy="${shortNumber(y(value))}"
              r="4.5"
            >
              <title>${name} ${measureText(value, unit)}</title>
            </circle>`
      }`;
  });
  const axis = categoryAxis(categories, (index) => x(index) ?? 0);
  return chartSvg(words, plot.height, [valueAxis(y, unit), html`<g>${drawn}</g>`, axis]);
}
