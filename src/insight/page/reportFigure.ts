import { html } from '../../base/text/htmlMarkup.js';
import type { Markup } from '../../base/text/htmlMarkup.js';
import { toneOf } from './charts/chartSeries.js';
import type { ChartWords } from './charts/chartSvg.js';
import { dataTable } from './dataTable.js';
import type { DataTable } from './dataTable.js';

export interface ReportFigure {
  readonly words: ChartWords;
  readonly chart: Markup;
  /** Names of the tones of the chart, in their order. None for a chart of one thing. */
  readonly legend?: readonly string[];
  /** The numbers behind the chart. */
  readonly table: Omit<DataTable, 'caption'>;
  /** What has to be known to read it. */
  readonly note?: string;
}

/** A chart with its numbers in a table behind it. */
export function reportFigure({ words, chart, legend = [], table, note }: ReportFigure): Markup {
  return html`<figure aria-labelledby="${words.id}">
    <h3 id="${words.id}">${words.title}</h3>
    ${note === undefined ? '' : html`<p class="note">${note}</p>`}
    ${
      legend.length === 0
        ? ''
        : html`<ul class="legend">
            ${legend.map((name, index) => html`<li><span class="key ${toneOf(index)}"></span>${name}</li>`)}
          </ul>`
    }
    ${chart}
    <details>
      <summary>Numbers<span class="hidden"> of ${words.title}</span></summary>
      ${dataTable({ caption: words.title, ...table })}
    </details>
  </figure>`;
}

/** A part of the page. Nothing if it has nothing to show. */
export function reportSection(id: string, heading: string, content: readonly Markup[]): Markup {
  if (content.length === 0) return html``;
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}" tabindex="-1">${heading}</h2>
    <div class="figures">${content}</div>
  </section>`;
}
