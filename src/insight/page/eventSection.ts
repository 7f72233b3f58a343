import type { Markup } from '../../base/text/htmlMarkup.js';
import { eventSpans } from '../events/reportedEvents.js';
import type { ReportedEvent } from '../events/reportedEvents.js';
import { eventRows } from '../events/eventRows.js';
import type { ProgramReport } from '../programReport.js';
import { columnChart } from './charts/columnChart.js';
import { periodWords } from './dayWords.js';
import { reportFigure, reportSection } from './reportFigure.js';

/** Events, each with the spend of those who took part beside that of the others. */
export function eventSection({ events }: ProgramReport): Markup {
  return reportSection('events', 'Events', events.map(eventFigure));
}

function eventFigure(event: ReportedEvent, index: number): Markup {
  const { name, during, tookPart, others, caveat } = event;
  const words = {
    ...{ id: `event-${index + 1}`, title: name },
    text: 'Spend per member before, during and after: those who took part beside the others.',
  };
  const groups = [
    { name: 'Took part', group: tookPart },
    { name: 'Others', group: others },
  ];
  return reportFigure({
    words,
    legend: groups.map(({ name: who, group }) => `${who}: ${group.members.toLocaleString('en-US')}`),
    chart: columnChart(words, {
      unit: 'money',
      categories: [{ name: 'Before' }, { name: 'During' }, { name: 'After' }],
      series: groups.map(({ name: who, group }) => ({
        name: who,
        values: eventSpans.map((span) => group[span]?.revenuePerMember ?? null),
      })),
    }),
    table: {
      columns: ['Per member', 'Who', 'Before', 'During', 'After'],
      textColumns: ['Who'],
      rows: eventRows(event).map((row) => [row.measure, row.who, row.before, row.during, row.after]),
    },
    note: `Spend per member in ${periodWords(during)}, and in as many days before and after. ${caveat}`,
  });
}
