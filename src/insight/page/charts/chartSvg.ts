import { html } from '../../../base/text/htmlMarkup.js';
import type { Markup } from '../../../base/text/htmlMarkup.js';

/** What a chart is called, and what it shows in a sentence. Both are read by a screen reader. */
export interface ChartWords {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** Units of all charts: text of 13 of them is easy to read where a chart is as wide as its numbers say. */
export const chartWidth = 560;

export function chartSvg({ id, title, text }: ChartWords, height: number, content: readonly Markup[]): Markup {
  return html`<svg
    viewBox="0 0 ${chartWidth} ${height}"
    role="img"
    aria-labelledby="${id}-title ${id}-text"
    preserveAspectRatio="xMidYMid meet"
  >
    <title id="${id}-title">${title}</title>
    <desc id="${id}-text">${text}</desc>
    ${content}
  </svg>`;
}

/** A coordinate with no more digits than can be seen. */
export function shortNumber(coordinate: number): number {
  return Math.round(coordinate * 10) / 10;
}
