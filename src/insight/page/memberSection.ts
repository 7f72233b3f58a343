import { html } from '../../base/text/htmlMarkup.js';
import type { Markup } from '../../base/text/htmlMarkup.js';
import { counted } from '../../base/text/counted.js';
import { measureText } from '../measureText.js';
import type { ProgramReport } from '../programReport.js';
import { barChart } from './charts/barChart.js';
import { heatChart } from './charts/heatChart.js';
import { monthWords } from './dayWords.js';
import { memberFigures } from './monthSections.js';
import { reportFigure, reportSection } from './reportFigure.js';

/** Members by month and by tier, and how many come back. */
export function memberSection(report: ProgramReport): Markup {
  return reportSection('members', 'Members', [...memberFigures(report), tierFigure(report), cohortFigure(report)]);
}

function tierFigure({ tiers }: ProgramReport): Markup {
  if (tiers.length === 0) return html``;
  const groups = new Set(tiers.map(({ group }) => group));
  const nameOf = (tier: (typeof tiers)[number]): string =>
    groups.size > 1 ? `${tier.group}: ${tier.tier}` : tier.tier;
  const all = tiers.map((tier) => `${nameOf(tier)} ${counted(tier.members, 'member')}`);
  const words = { id: 'tiers', title: 'Tiers', text: `Members of each tier on the last day: ${all.join(', ')}.` };
  return reportFigure({
    words,
    chart: barChart(
      words,
      tiers.map((tier) => ({
        name: nameOf(tier),
        remark: [counted(tier.members, 'member'), ...movement(tier)].join(' · '),
        parts: [{ name: 'members', value: tier.members }],
      })),
    ),
    table: {
      columns: ['Tier', 'Members', 'Came up', 'Came down', 'First tier'],
      rows: tiers.map((tier) => [nameOf(tier), ...[tier.members, tier.up, tier.down, tier.first].map(countOf)]),
    },
    note: 'On the last day, and how members came to the tier within the period.',
  });
}

function movement({ up, down, first }: ProgramReport['tiers'][number]): string[] {
  return [
    up > 0 ? `${countOf(up)} up` : '',
    down > 0 ? `${countOf(down)} down` : '',
    first > 0 ? `${countOf(first)} first` : '',
  ].filter((text) => text !== '');
}

function cohortFigure({ cohorts }: ProgramReport): Markup {
  if (cohorts.length === 0) return html``;
  const words = {
    ...{ id: 'retention', title: 'Retention by month of enrollment' },
    text: `Of the members who enrolled in each of ${cohorts.length} months, the share that bought in each month since.`,
  };
  const ages = Math.max(...cohorts.map(({ retained }) => retained.length));
  return reportFigure({
    words,
    chart: heatChart(
      words,
      cohorts.map(({ month, retained }) => ({ name: month, shares: retained })),
    ),
    table: {
      columns: ['Enrolled', 'Members', ...Array.from({ length: ages }, (_, age) => `+${age}`)],
      rows: cohorts.map(({ month, members, retained }) => [
        monthWords(month),
        countOf(members),
        ...Array.from({ length: ages }, (_, age) =>
          retained[age] === undefined ? '' : measureText(retained[age], 'share'),
        ),
      ]),
    },
    note: 'Percent of those who enrolled in a month that bought in the months since. +0 is the month itself.',
  });
}

function countOf(count: number): string {
  return measureText(count, 'members');
}
