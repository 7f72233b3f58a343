import type { TransactionJournalInput } from '../contract/endpoints/realtimeEndpoints.js';
import type { CaseMember } from './caseOrg.js';
import type { CaseJournal, CaseRequest, CaseShape } from './caseShapes.js';
import type { CaseState } from './caseState.js';

type Scalar = string | number | boolean | null;

/** What fields of journals can refer to. */
interface Known {
  readonly member: CaseMember;
  /** Ids by name. */
  readonly journals: ReadonlyMap<string, string>;
  readonly state: CaseState;
}

export function journalsOf({ journal, journals }: CaseRequest): readonly CaseJournal[] {
  return journals ?? (journal ? [journal] : []);
}

/** Returns the journals of a request as an org takes them. A day means noon in UTC. */
export function requestJournals(request: CaseRequest, known: Known): TransactionJournalInput[] {
  return journalsOf(request).map((journal) => ({
    MembershipNumber: known.member.number,
    ...Object.fromEntries(Object.entries(journal).map(([name, value]) => [name, fieldOf(value, known)])),
    ActivityDate: activityOf(journal, request),
  }));
}

/** The moment at which a request is made, in ISO 8601. */
export function requestMoment(request: CaseRequest): string {
  const [first = {}] = journalsOf(request);
  return request.on === undefined ? activityOf(first, request) : noonOf(request.on);
}

/** The day on which the member of a case is enrolled. */
export function firstDayOf({ given, when }: Pick<CaseShape, 'given' | 'when'>): string {
  if (given.enrollmentDate !== undefined) return given.enrollmentDate;
  const days = when.map((request) => (request.jobs ?? requestMoment(request)).slice(0, 10));
  return days.toSorted()[0] ?? '';
}

function activityOf({ ActivityDate: given }: CaseJournal, { on }: CaseRequest): string {
  const text = typeof given === 'string' ? given : (on ?? '');
  return /^\d{4}-\d\d-\d\d$/.test(text) ? noonOf(text) : text;
}

function noonOf(day: string): string {
  return `${day}T12:00:00Z`;
}

function fieldOf(value: CaseJournal[string], { journals, state }: Known): Scalar {
  if (typeof value !== 'object' || value === null) return value;
  if ('journal' in value) return journals.get(value.journal) ?? null;
  return state.vouchers.findLast(({ definition }) => definition === value.voucher)?.code ?? null;
}
