import { quotedName } from '../../../base/sqlite/sqlite.js';
import type { Clock } from '../../../base/clock.js';
import { OrgRefusal } from '../../orgRefusal.js';
import { ok } from '../../http/orgEndpoint.js';
import type { Endpoint, OrgRequest } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { toStoredDateTime } from '../../store/values/storedDates.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';
import { toApiDateTime } from './recordEndpoints.js';
import { typeOfPath } from './rowEndpoints.js';

const path = '/services/data/:version/sobjects/:object';
const minute = 60_000;
/** The longest time back that a request may ask for (guide, REST API, "sObject Get Updated"). */
const longestAgo = 30 * 24 * 60 * minute;
const mostIds = 600_000;

/** Lists the records of an object that were written or deleted in a period. Replication tools use it. */
export function changedRowEndpoints({ store, clock }: Org): Endpoint[] {
  return [
    { method: 'GET', path: `${path}/updated`, since: 29, handle: (request) => ok(updated(store, clock, request)) },
    { method: 'GET', path: `${path}/deleted`, since: 29, handle: (request) => ok(deleted(store, clock, request)) },
  ];
}

function updated(store: Store, clock: Clock, request: OrgRequest): Record<string, unknown> {
  const type = typeOfPath(store, request);
  const span = readSpan(request, clock);
  const ids = changesOf(store, { type, isDeleted: false }, span).map(({ id }) => id);
  return { ids, latestDateCovered: span.latestDateCovered };
}

function deleted(store: Store, clock: Clock, request: OrgRequest): Record<string, unknown> {
  const type = typeOfPath(store, request);
  const span = readSpan(request, clock);
  const changes = changesOf(store, { type, isDeleted: true }, span);
  const deletedRecords = changes.map(({ id, at }) => ({ id, deletedDate: toApiDateTime(at) }));
  // Deleted rows are never purged here, so all deletions in the allowed period are known.
  const earliestDateAvailable = toApiDateTime(wholeMinute(clock.now() - longestAgo));
  return { deletedRecords, earliestDateAvailable, latestDateCovered: span.latestDateCovered };
}

/** From `start` (included) to `end` (excluded), in the store's form of times. */
interface Span {
  readonly start: string;
  readonly end: string;
  readonly latestDateCovered: string;
}

/** @throws {OrgRefusal} 400 MISSING_ARGUMENT when a date is missing, INVALID_REPLICATION_DATE when a date is invalid */
function readSpan({ query }: OrgRequest, clock: Clock): Span {
  const [start, end] = [readMinute(query, 'start'), readMinute(query, 'end')];
  const now = clock.now();
  if (end <= start) throw invalid('startDate must chronologically precede endDate, without their seconds');
  if (now - start > longestAgo) throw invalid('startDate cannot be more than 30 days ago');
  const latestDateCovered = toApiDateTime(wholeMinute(Math.min(end, now)));
  return { start: wholeMinute(start), end: wholeMinute(end), latestDateCovered };
}

/** The platform ignores the seconds. A `+` that was not encoded arrives as a space. */
function readMinute(query: URLSearchParams, name: string): number {
  const text = query.get(name);
  if (text === null) throw new OrgRefusal(400, 'MISSING_ARGUMENT', `The ${name} parameter is missing`);
  const stored = toStoredDateTime(text.replace(' ', '+'));
  if (stored === undefined) throw invalid(`${name} is not a date and time: ${text}`);
  return Math.floor(Date.parse(stored) / minute) * minute;
}

function wholeMinute(time: number): string {
  return new Date(Math.floor(time / minute) * minute).toISOString();
}

function invalid(message: string): OrgRefusal {
  return new OrgRefusal(400, 'INVALID_REPLICATION_DATE', message);
}

interface Kind {
  readonly type: SObjectType;
  readonly isDeleted: boolean;
}

/** @throws {OrgRefusal} 400 EXCEEDED_ID_LIMIT when there are more than 600,000 ids */
function changesOf({ db }: Store, { type, isDeleted }: Kind, { start, end }: Span): { id: string; at: string }[] {
  const sql = `SELECT "Id" AS id, "SystemModstamp" AS at FROM ${quotedName(type.name)}
    WHERE "SystemModstamp" >= ? AND "SystemModstamp" < ? AND "IsDeleted" = ? ORDER BY "SystemModstamp", "Id" LIMIT ?`;
  const rows = db.prepare(sql).all(start, end, Number(isDeleted), mostIds + 1);
  if (rows.length > mostIds)
    throw new OrgRefusal(400, 'EXCEEDED_ID_LIMIT', `More than ${mostIds} ids: ask for a shorter period`);
  return rows as { id: string; at: string }[];
}
