import type { Markup } from '../../base/text/htmlMarkup.js';
import type { MonthOfProgram } from '../kpi/monthlyMeasures.js';
import type { MeasureUnit } from '../kpi/measureDefinitions.js';
import { measureText } from '../measureText.js';
import type { ProgramReport } from '../programReport.js';
import type { ReportPeriod } from '../reportPeriod.js';
import type { ChartCategory } from './charts/chartSeries.js';
import { columnChart } from './charts/columnChart.js';
import type { PlottedValues } from './charts/columnChart.js';
import { lineChart } from './charts/lineChart.js';
import { monthName, monthWords } from './dayWords.js';
import { reportFigure, reportSection } from './reportFigure.js';

/** What a chart shows of each month. */
interface MonthChart {
  readonly id: string;
  readonly title: string;
  readonly unit: MeasureUnit;
  readonly draw: typeof columnChart;
  readonly lines: readonly { readonly name: string; readonly key: Exclude<keyof MonthOfProgram, 'month'> }[];
  readonly note?: string;
}

const sales: readonly MonthChart[] = [
  {
    ...{ id: 'revenue', title: 'Revenue of members', unit: 'money', draw: columnChart },
    lines: [{ name: 'Revenue', key: 'revenue' }],
  },
  {
    ...{ id: 'purchases', title: 'Purchases', unit: 'purchases', draw: columnChart },
    lines: [{ name: 'Purchases', key: 'purchases' }],
  },
];

const members: readonly MonthChart[] = [
  {
    ...{ id: 'active', title: 'Active and new members', unit: 'members', draw: lineChart },
    lines: [
      { name: 'Active', key: 'activeMembers' },
      { name: 'New', key: 'newMembers' },
    ],
  },
];

const points: readonly MonthChart[] = [
  {
    ...{ id: 'moved', title: 'Points earned, burned and expired', unit: 'points', draw: columnChart },
    lines: [
      { name: 'Earned', key: 'pointsIssued' },
      { name: 'Burned', key: 'pointsRedeemed' },
      { name: 'Expired', key: 'pointsExpired' },
    ],
  },
  {
    ...{ id: 'outstanding', title: 'Points outstanding', unit: 'points', draw: lineChart },
    lines: [{ name: 'Outstanding', key: 'pointsOutstanding' }],
    note: 'At the end of each month.',
  },
];

export function salesSection(report: ProgramReport): Markup {
  return reportSection(
    'sales',
    'Sales',
    sales.map((chart) => monthFigure(chart, report)),
  );
}

/** The figure of the members by month, for the section about them. */
export function memberFigures(report: ProgramReport): Markup[] {
  return members.map((chart) => monthFigure(chart, report));
}

export function pointsSection(report: ProgramReport): Markup {
  const { currency, measures } = report;
  if (currency === null) return reportSection('points', 'Points', []);
  const liability = measures.find(({ key }) => key === 'pointsLiability')?.value ?? null;
  const costs =
    liability === null ? '' : ` They are a liability of ${measureText(liability, 'money')} on the last day.`;
  const figures = points.map((chart) =>
    monthFigure(chart.note === undefined ? chart : { ...chart, note: chart.note + costs }, report),
  );
  return reportSection('points', `Points: ${currency}`, figures);
}

function monthFigure({ id, title, unit, draw, lines, note }: MonthChart, { months, period }: ProgramReport): Markup {
  const series = lines.map(({ name, key }) => ({ name, values: months.map((month) => month[key]) }));
  const isAlone = series.length === 1;
  const categories = months.map(({ month }, index) =>
    monthCategory(month, isAlone ? period : undefined, yearBelow(months, index)),
  );
  const words = { id, title, text: textOf(months, unit, series) };
  return reportFigure({
    ...{ words, legend: isAlone ? [] : series.map(({ name }) => name) },
    chart: draw(words, { unit, categories, series }),
    table: {
      columns: ['Month', ...series.map(({ name }) => name)],
      rows: months.map(({ month }, index) => [
        monthWords(month),
        ...series.map(({ values }) => measureText(values[index] ?? null, unit)),
      ]),
    },
    ...(note !== undefined && { note }),
  });
}

function monthCategory(month: string, period: ReportPeriod | undefined, below: string): ChartCategory {
  const isOfPeriod = !period || (month >= period.from.slice(0, 7) && month <= period.to.slice(0, 7));
  return { name: monthName(month), isAside: !isOfPeriod, below };
}

/** The year, below each January and the first month. Below a December before January there is no room for it. */
function yearBelow(months: readonly MonthOfProgram[], index: number): string {
  const month = months[index]?.month ?? '';
  return month.endsWith('-01') || (index === 0 && !month.endsWith('-12')) ? month.slice(0, 4) : '';
}

function textOf(months: readonly MonthOfProgram[], unit: MeasureUnit, series: PlottedValues['series']): string {
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return '';
  const lines = series.map(({ name, values }) => {
    const most = values.reduce<number>((best, value, index) => ((value ?? 0) > (values[best] ?? 0) ? index : best), 0);
    const peak = `${measureText(values[most] ?? null, unit)} in ${monthWords(months[most]?.month ?? last.month)}`;
    return `${name}: ${measureText(values.at(-1) ?? null, unit)} in the last month, at most ${peak}.`;
  });
  return [`By month, from ${monthWords(first.month)} to ${monthWords(last.month)}.`, ...lines].join(' ');
}
