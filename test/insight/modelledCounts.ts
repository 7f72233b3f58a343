import type { ReportPeriod } from '../../src/insight/index.js';
import type { ModelledProgram, ModelMember } from './programModel.js';

/** The model as if it had these members alone. */
export function modelOfMembers(model: ModelledProgram, isOne: (member: ModelMember) => boolean): ModelledProgram {
  return {
    ...model,
    members: model.members.filter(isOne),
    events: model.events.filter(({ member }) => isOne(member)),
    vouchers: model.vouchers.filter(({ member }) => isOne(member)),
  };
}

/** Says who was a member on each day of a span. */
export function isMemberFrom(first: string, last: string): (member: ModelMember) => boolean {
  return ({ enrolled, status, ended }) =>
    enrolled <= first && (status === 'Active' || (status === 'Inactive' && ended !== null && ended > last));
}

/** What some members did within some days. */
export function countedEvents(
  model: ModelledProgram,
  members: readonly ModelMember[],
  { from, to }: ReportPeriod,
): Record<string, number> {
  const some = new Set(members);
  const within = model.events.filter(({ member, day }) => some.has(member) && day >= from && day <= to);
  const sum = (kinds: readonly string[], value: 'amount' | 'points'): number =>
    within.filter(({ kind }) => kinds.includes(kind)).reduce((total, event) => total + event[value], 0) / 100;
  return {
    purchases: within.filter(({ kind }) => kind === 'purchase').length,
    revenue: sum(['purchase', 'return'], 'amount'),
    pointsIssued: sum(['purchase', 'canceled'], 'points'),
  };
}
