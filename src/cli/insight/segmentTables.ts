import { measureText } from '../../insight/index.js';
import type { SegmentFigures, SegmentReport } from '../../insight/index.js';
import type { ListSegmentsResult } from '../results/segmentResults.js';
import { numberColumn } from '../terminal/tableLayout.js';
import { countText } from '../terminal/terminalText.js';

type Cells = Record<string, string>;

/** Segments beside all members. */
export function segmentTable({ all, segments }: SegmentReport) {
  const data = [
    ...segments.map(({ segment, ...figures }) => figureRow(segment.name, figures)),
    figureRow('all members', all),
  ];
  const numbers = ['members', 'share', 'spend', 'bought', 'points', 'redeemed'].map(numberColumn);
  return { columns: ['segment', ...numbers], data };
}

function figureRow(segment: string, figures: SegmentFigures): Cells {
  const { members, share, averageSpend, purchaseFrequency, averageBalance, redemptionRate } = figures;
  return {
    segment,
    members: countText(members),
    share: measureText(share, 'share'),
    spend: measureText(averageSpend, 'money'),
    bought: measureText(purchaseFrequency, 'times'),
    points: measureText(averageBalance, 'points'),
    redeemed: measureText(redemptionRate, 'share'),
  };
}

/** Members of a segment, with names if they were asked for. */
export function segmentMemberTable(members: ListSegmentsResult['members'], withContact: boolean) {
  const person = ['name', { key: 'email', name: 'E-mail' }, 'tier', ...['points', 'spend'].map(numberColumn)];
  const since = { ...numberColumn('since'), name: 'Days since' };
  const others = ['tier', ...['points', 'purchases', 'spend'].map(numberColumn), since];
  return { columns: ['member', ...(withContact ? person : others)], data: members.map(memberRow) };
}

function memberRow({ key, features, person }: ListSegmentsResult['members'][number]): Cells {
  const number = (name: string): number | null => (typeof features[name] === 'number' ? features[name] : null);
  return {
    member: key,
    name: person?.name ?? '–',
    email: person?.email ?? '–',
    tier: String(features['tier'] ?? '–'),
    points: countText(number('pointsBalance')),
    purchases: countText(number('purchases')),
    spend: measureText(number('spend'), 'money'),
    since: countText(number('daysSincePurchase')),
  };
}
