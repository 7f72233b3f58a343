import { measureText } from '../measureText.js';
import type { EventSpan, EventSpanName, ReportedEvent } from './reportedEvents.js';

/** A line of a table about an event: what members of one group did, by member. */
export interface EventRow extends Readonly<Record<EventSpanName, string>> {
  readonly measure: string;
  /** Took part, or others. */
  readonly who: string;
}

const measures = [
  { measure: 'Purchases', key: 'purchasesPerMember', unit: 'times' },
  { measure: 'Spend', key: 'revenuePerMember', unit: 'money' },
  { measure: 'Points', key: 'pointsPerMember', unit: 'points' },
] as const;

export function eventRows({ tookPart, others }: ReportedEvent): EventRow[] {
  const groups = [
    { who: 'took part', group: tookPart },
    { who: 'others', group: others },
  ];
  return measures.flatMap(({ measure, key, unit }) =>
    groups.map(({ who, group: { before, during, after } }) => {
      const text = (span: EventSpan | null): string => measureText(span?.[key] ?? null, unit);
      return { measure, who, before: text(before), during: text(during), after: text(after) };
    }),
  );
}
