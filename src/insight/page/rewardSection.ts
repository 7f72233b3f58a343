import { html } from '../../base/text/htmlMarkup.js';
import type { Markup } from '../../base/text/htmlMarkup.js';
import { counted } from '../../base/text/counted.js';
import { measureText } from '../measureText.js';
import type { ProgramReport } from '../programReport.js';
import { barChart } from './charts/barChart.js';
import type { ChartBar } from './charts/barChart.js';
import { reportFigure, reportSection } from './reportFigure.js';

/** So that a program with hundreds of promotions has a page that can be read. The table has all. */
const mostBars = 12;

/** Promotions and vouchers, those with the most first. */
export function rewardSection(report: ProgramReport): Markup {
  return reportSection(
    'rewards',
    'Promotions and vouchers',
    [promotionFigure(report), voucherFigure(report)].filter(({ text }) => text !== ''),
  );
}

function promotionFigure({ promotions }: ProgramReport): Markup {
  if (promotions.length === 0) return html``;
  const sorted = promotions.toSorted((a, b) => b.enrolled - a.enrolled);
  const words = {
    ...{ id: 'promotions', title: 'Promotions' },
    text: barsText('Members who take part in each promotion, and how many of them have completed it', sorted.length),
  };
  const bars = sorted.slice(0, mostBars).map(({ promotion, enrolled, enrolledInPeriod, completed }): ChartBar => {
    const rest = completed === null ? '' : ` · ${countOf(completed)} completed`;
    return {
      name: promotion,
      remark: `${counted(enrolled, 'member')}${enrolledInPeriod > 0 ? ` · ${countOf(enrolledInPeriod)} new` : ''}${rest}`,
      parts: [
        { name: 'completed', value: completed ?? 0 },
        { name: 'under way', value: enrolled - (completed ?? 0) },
      ],
    };
  });
  return reportFigure({
    ...{ words, legend: ['Completed', 'Taking part'], chart: barChart(words, bars) },
    table: {
      columns: ['Promotion', 'Type', 'Enrolled', 'New in the period', 'Completed', 'Vouchers', 'Days to the first'],
      textColumns: ['Type'],
      rows: sorted.map(({ promotion, type, enrolled, enrolledInPeriod, completed, vouchersInPeriod, medianDays }) => [
        promotion,
        type ?? '–',
        ...[enrolled, enrolledInPeriod, completed, vouchersInPeriod, medianDays].map(countOf),
      ]),
    },
    ...(sorted.length > mostBars && { note: `The ${mostBars} with the most members. The table has all.` }),
  });
}

function voucherFigure({ vouchers }: ProgramReport): Markup {
  const issuedOnes = vouchers.toSorted((a, b) => b.issued - a.issued);
  if (issuedOnes.length === 0) return html``;
  const words = {
    ...{ id: 'vouchers', title: 'Vouchers of the period' },
    text: barsText('What has become of the vouchers of each kind that were issued in the period', issuedOnes.length),
  };
  const openOf = ({ issued, used, expired, canceled }: (typeof vouchers)[number]): number =>
    Math.max(0, issued - used - expired - canceled);
  const bars = issuedOnes.slice(0, mostBars).map((voucher): ChartBar => {
    const { definition, issued, used, expired, canceled } = voucher;
    return {
      name: definition,
      remark: issued === 0 ? '0 issued' : `${countOf(used)} of ${countOf(issued)} used`,
      parts: [
        { name: 'used', value: used },
        { name: 'open', value: openOf(voucher) },
        { name: 'expired', value: expired },
        { name: 'canceled', value: canceled },
      ],
    };
  });
  return reportFigure({
    ...{ words, legend: ['Used', 'Open', 'Expired', 'Canceled'], chart: barChart(words, bars) },
    table: {
      columns: ['Voucher', 'Issued', 'Used', 'Open', 'Expired', 'Canceled'],
      rows: issuedOnes.map((voucher) => [
        voucher.definition,
        ...[voucher.issued, voucher.used, openOf(voucher), voucher.expired, voucher.canceled].map(countOf),
      ]),
    },
  });
}

function barsText(what: string, count: number): string {
  return `${what}${count > mostBars ? `: the ${mostBars} largest of ${count}` : ''}.`;
}

function countOf(count: number | null): string {
  return measureText(count, 'members');
}
