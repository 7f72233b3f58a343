import { changeText, daysText, measureText } from '../../insight/index.js';
import type { ProgramReport, ReportedGroup, ReportedMeasure } from '../../insight/index.js';
import { numberColumn } from '../terminal/tableLayout.js';
import { countText } from '../terminal/terminalText.js';
import { eventTable } from './eventTable.js';
import { goalTable } from './goalTable.js';
import { numbers } from './reportTable.js';
import type { ReportTable } from './reportTable.js';

type Cells = Record<string, string>;

/** The tables of a report, in order. A table without rows is left out. */
export function reportTables(report: ProgramReport): ReportTable[] {
  const tables = [
    goalTable(report),
    measureTable(report),
    ...report.groups.map((group) => groupTable(group)),
    tierTable(report),
    cohortTable(report),
    promotionTable(report),
    voucherTable(report),
    ...report.events.map(eventTable),
  ];
  return tables.filter(({ data }) => data.length > 0);
}

function measureTable({ measures, period, previous }: ProgramReport): ReportTable {
  const title = `${daysText(period)}, beside ${daysText(previous)}`;
  return { title, columns: ['measure', ...numbers('now', 'before', 'change')], data: measures.map(measureRow) };
}

function groupTable({ group, measures }: ReportedGroup): ReportTable {
  const data = measures.filter(({ value, previous }) => value !== null || previous !== null).map(measureRow);
  return { title: group || 'None', columns: ['measure', ...numbers('now', 'before', 'change')], data };
}

function measureRow(measure: ReportedMeasure): Cells {
  const { label, unit, value, previous } = measure;
  return {
    measure: label,
    now: measureText(value, unit),
    before: measureText(previous, unit),
    change: changeText(measure),
  };
}

function tierTable({ tiers }: ProgramReport): ReportTable {
  const data = tiers.map(({ tier, members, up, down, first }) => ({
    tier,
    members: countText(members),
    up: countText(up),
    down: countText(down),
    first: countText(first),
  }));
  return {
    title: 'Tiers on the last day, and where members came from',
    columns: ['tier', ...numbers('members', 'up', 'down', 'first')],
    data,
    notes: ['Up and down: from another tier within the period. First: from none.'],
  };
}

/** The first six months of each cohort fit the width of a terminal. JSON and the page have all. */
function cohortTable({ cohorts }: ProgramReport): ReportTable {
  const ages = [0, 1, 2, 3, 4, 5];
  const data = cohorts.map(({ month, members, retained }) => ({
    enrolled: month,
    members: countText(members),
    ...Object.fromEntries(
      ages.map((age) => [`m${age}`, retained[age] === undefined ? '' : measureText(retained[age], 'share')]),
    ),
  }));
  const columns = [
    'enrolled',
    ...numbers('members'),
    ...ages.map((age) => ({ ...numberColumn(`m${age}`), name: `+${age}` })),
  ];
  return {
    title: 'Retention: who enrolled in a month and bought in the months since',
    ...{ columns, data },
    notes: ['+0: the month of the enrollment. --json and --html have later months, too.'],
  };
}

function promotionTable({ promotions }: ProgramReport): ReportTable {
  const data = promotions.map(({ promotion, enrolled, enrolledInPeriod, completed, vouchersInPeriod, medianDays }) => ({
    promotion,
    enrolled: countText(enrolled),
    new: countText(enrolledInPeriod),
    completed: countText(completed),
    vouchers: countText(vouchersInPeriod),
    days: countText(medianDays),
  }));
  return {
    title: 'Promotions',
    columns: ['promotion', ...numbers('enrolled', 'new', 'completed', 'vouchers', 'days')],
    data,
    notes: ['Days: to the first voucher of the promotion, the median of the members.'],
  };
}

function voucherTable({ vouchers }: ProgramReport): ReportTable {
  const data = vouchers.map(({ definition, issued, used, expired, canceled }) => ({
    voucher: definition,
    issued: countText(issued),
    used: countText(used),
    expired: countText(expired),
    canceled: countText(canceled),
  }));
  return {
    title: 'Vouchers of the period',
    columns: ['voucher', ...numbers('issued', 'used', 'expired', 'canceled')],
    data,
  };
}
