import type { MeasureUnit } from '../kpi/measureDefinitions.js';
import { measureText } from '../measureText.js';

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A number on an axis, such as `1.2K` or `40 %`. */
export function compactText(value: number, unit: MeasureUnit): string {
  return unit === 'share' ? measureText(value, unit) : compact.format(value);
}

/** A number to read from afar: large sums and points have no decimals. It stays on one line. */
export function roundText(value: number | null, unit: MeasureUnit): string {
  if (value === null || Math.abs(value) < 1000 || unit === 'share')
    return measureText(value, unit).replaceAll(' ', '\u00a0');
  return whole.format(value);
}
