import { scaleLinear } from 'd3-scale';
import { html } from '../../../base/text/htmlMarkup.js';
import type { Markup } from '../../../base/text/htmlMarkup.js';
import { chartSvg, chartWidth, shortNumber } from './chartSvg.js';
import type { ChartWords } from './chartSvg.js';

/** A value on the way to a number. */
export interface GoalBar {
  readonly value: number | null;
  /** Where the value would be on a straight line. */
  readonly expected: number | null;
  readonly number: number;
}

/** A bar from 0 to the number or the value, with a mark for each of the number and what is expected by now. */
export function goalBar(words: ChartWords, { value, expected, number }: GoalBar): Markup {
  const most = Math.max(number, value ?? 0, expected ?? 0);
  const x = scaleLinear([0, most > 0 ? most * 1.02 : 1], [0, chartWidth]).clamp(true);
  const mark = (amount: number, name: string): Markup =>
    html`<line class="${name}" x1="${shortNumber(x(amount))}" x2="${shortNumber(x(amount))}" y1="2" y2="24" />`;
  return chartSvg(words, 26, [
    html`<rect class="track" x="0" y="7" width="${chartWidth}" height="12" rx="2" />
      <rect class="tone1" x="0" y="7" width="${shortNumber(x(Math.max(0, value ?? 0)))}" height="12" rx="2" />
      ${expected === null ? '' : mark(expected, 'expected')} ${mark(number, 'target')}`,
  ]);
}
