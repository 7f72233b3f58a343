import type { MeasureUnit } from './kpi/measureDefinitions.js';
import type { ReportedMeasure } from './programReport.js';

/** Writes the value of a measure, such as `1,250`, `12.5 %` or `2.4`. A missing one is a dash. */
export function measureText(value: number | null, unit: MeasureUnit): string {
  if (value === null) return '–';
  if (unit === 'share') return `${decimals(value * 100, 1)} %`;
  if (unit === 'times') return decimals(value, 2);
  if (unit === 'money') return value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return decimals(value, 2);
}

/**
 * Writes how a measure has changed, such as `+12.5 %`. Between two shares, it is the difference in percentage points.
 * Nothing is said about a change from nothing.
 */
export function changeText({ value, previous, unit }: Pick<ReportedMeasure, 'value' | 'previous' | 'unit'>): string {
  if (value === null || previous === null) return '';
  if (unit === 'share') return `${signed((value - previous) * 100)} pp`;
  return previous === 0 ? '' : `${signed(((value - previous) / Math.abs(previous)) * 100)} %`;
}

function signed(number: number): string {
  const text = decimals(number, 1);
  return Number(text.replaceAll(',', '')) > 0 ? `+${text}` : text.replace(/^-0$/, '0');
}

function decimals(number: number, most: number): string {
  return number.toLocaleString('en-US', { maximumFractionDigits: most });
}
