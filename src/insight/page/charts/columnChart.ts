import { scaleBand } from 'd3-scale';
import { html } from '../../../base/text/htmlMarkup.js';
import type { Markup } from '../../../base/text/htmlMarkup.js';
import type { MeasureUnit } from '../../kpi/measureDefinitions.js';
import { measureText } from '../../measureText.js';
import { toneOf } from './chartSeries.js';
import type { ChartCategory, ChartSeries } from './chartSeries.js';
import { chartSvg, shortNumber } from './chartSvg.js';
import type { ChartWords } from './chartSvg.js';
import { categoryAxis, plot, valueAxis, valueScale } from './plotAxes.js';

/** Values of one unit over categories. */
export interface PlottedValues {
  readonly unit: MeasureUnit;
  readonly categories: readonly ChartCategory[];
  readonly series: readonly ChartSeries[];
}

/** Columns, beside each other for each category. */
export function columnChart(words: ChartWords, { unit, categories, series }: PlottedValues): Markup {
  const y = valueScale(series.flatMap(({ values }) => values));
  const x = scaleBand(
    categories.map((_, index) => index),
    [plot.left, plot.right],
  ).paddingInner(series.length > 1 ? 0.3 : 0.34);
  x.paddingOuter(0.2);
  const inner = scaleBand(
    series.map((_, index) => index),
    [0, x.bandwidth()],
  ).paddingInner(0.12);
  const columns = series.flatMap(({ name, values }, place) =>
    values.map((value, index) => {
      if (value === null) return html``;
      const [top, bottom] = [y(Math.max(0, value)), y(Math.min(0, value))];
      const { name: category, below = '', isAside = false } = categories[index] ?? { name: '' };
      return html`<rect
        class="${toneOf(place)}${isAside ? ' aside' : ''}"
        x="${shortNumber((x(index) ?? 0) + (inner(place) ?? 0))}"
        y="${shortNumber(top)}"
        width="${shortNumber(inner.bandwidth())}"
        height="${shortNumber(Math.max(0, bottom - top))}"
        rx="1.5"
      >
        <title>
          ${[category, below].join(' ').trimEnd()}: ${series.length > 1 ? `${name} ` : ''}${measureText(value, unit)}
        </title>
      </rect>`;
    }),
  );
  const axis = categoryAxis(categories, (index) => (x(index) ?? 0) + x.bandwidth() / 2);
  return chartSvg(words, plot.height, [valueAxis(y, unit), html`<g>${columns}</g>`, axis]);
}
