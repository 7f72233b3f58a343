import { OrgRefusal, notImplemented } from '../orgRefusal.js';
import { ok } from '../http/orgEndpoint.js';
import type { SObjectDefinition } from '../../contract/sobject.js';
import type { Endpoint, OrgRequest, OrgResponse } from '../http/orgEndpoint.js';
import type { Org } from '../org.js';
import { compileQuery, isDeletedSince, maxPageSize, parseSoql, runQuery } from '../soql/index.js';
import type { AnswerRow, CompiledQuery, QueryResult } from '../soql/index.js';
import { queryOfListView } from './layouts/queryOfListView.js';
import { requireReifiedFilter } from './madeRows/reifiedFilter.js';
import { makeRows } from './madeRows/madeRows.js';
import { Cursors, invalidLocator } from './queryCursors.js';
import type { Cursor } from './queryCursors.js';
import { queryPlan } from './queryPlan.js';

const smallestPage = 200;

/** SOQL queries: `query` leaves out deleted rows, `queryAll` includes them. Both have further pages. */
export function queryEndpoints(org: Org): Endpoint[] {
  const cursors = new Cursors(org.clock);
  const resource = (name: string, allRows: boolean): Endpoint[] => [
    {
      method: 'GET',
      path: `/services/data/:version/${name}`,
      handle: (request) => answerQuery(request, allRows, { org, cursors }),
    },
    {
      // Clients request further pages of `queryAll` from `query`, so a cursor works at both addresses.
      method: 'GET',
      path: `/services/data/:version/${name}/:locator`,
      handle: (request) => nextPage(request, cursors),
    },
  ];
  const tooling: Endpoint = {
    method: 'GET',
    path: '/services/data/:version/tooling/query',
    unlisted: true,
    handle: (request) => toolingQuery(request, { org, cursors }),
  };
  return [...resource('query', false), ...resource('queryAll', true), tooling];
}

interface Desk {
  readonly org: Org;
  readonly cursors: Cursors;
}

function answerQuery(request: OrgRequest, allRows: boolean, desk: Desk): OrgResponse {
  const { org } = desk;
  const { query } = request;
  const explained = query.get('explain');
  if (explained !== null) {
    const soql = queryOfListView(org.store, explained, request.version) ?? explained;
    return ok(queryPlan(org, soql, compile(org, request, { soql, allRows })));
  }
  const soql = query.get('q');
  if (soql === null) throw new OrgRefusal(400, 'MALFORMED_QUERY', 'The q parameter, a SOQL query, is missing');
  return firstPage(request, compile(org, request, { soql, allRows }), desk);
}

/**
 * Tools ask the Tooling API for objects and fields, which are the same records there.
 *
 * @throws {OrgRefusal} 501 for all that only the Tooling API has
 */
function toolingQuery(request: OrgRequest, desk: Desk): OrgResponse {
  const { sObject = '' } = parseSoql(request.query.get('q') ?? '');
  if (!/^(?:Entity|Field)Definition$/i.test(sObject)) throw notImplemented('the Tooling API');
  return answerQuery(request, false, desk);
}

interface Asked {
  readonly soql: string;
  readonly allRows: boolean;
}

/** Compiles a query, and makes the rows of the objects in it that describe the org. */
function compile(org: Org, { session, version }: OrgRequest, { soql, allRows }: Asked): CompiledQuery {
  const { store, clock, settings } = org;
  const made = new Set<string>();
  const object = (name: string): SObjectDefinition | undefined => {
    const type = store.model.type(name);
    if (type?.definition.madeWhenQueried && !made.has(type.name)) {
      makeRows(org, type, { userId: session.userId, version });
      made.add(type.name);
    }
    return type?.definition;
  };
  const now = new Date(clock.now());
  const context = { schema: { object }, apiVersion: `${version}.0`, now, timeZone: settings.timeZone, allRows };
  const query = compileQuery(soql, context);
  requireReifiedFilter(query.object.name, soql);
  return query;
}

function firstPage(request: OrgRequest, query: CompiledQuery, { org, cursors }: Desk): OrgResponse {
  if (request.query.get('columns') === 'true') return ok(query.metadata);
  const batchSize = batchSizeOf(request);
  const result = runQuery(org.store.db, query, {
    size: batchSize,
    open: (children) => urlOf(request, cursors.open({ result: children, batchSize }), batchSize),
  });
  const records = result.records(0, query.shape === 'records' ? batchSize : maxPageSize);
  if (query.use) {
    const ids = records.map(idOfRecord);
    org.viewedRecords.mark(request.session.userId, query.use, ids, org.clock.now());
  }
  // The answer to a count has a total but no records.
  if (query.shape !== 'records' || result.totalSize <= batchSize) return lastPage(result, records);
  return page(request, { id: cursors.open({ result, batchSize }), cursor: { result, batchSize }, offset: 0 });
}

function nextPage(request: OrgRequest, cursors: Cursors): OrgResponse {
  const place = cursors.find(request.params['locator'] ?? '');
  try {
    return page(request, place);
  } catch (error) {
    throw isDeletedSince(error) ? invalidLocator() : error;
  }
}

interface Place {
  readonly id: string;
  readonly cursor: Cursor;
  readonly offset: number;
}

function page(request: OrgRequest, { id, cursor: { result, batchSize }, offset }: Place): OrgResponse {
  const records = result.records(offset, batchSize);
  const next = offset + batchSize;
  if (next >= result.totalSize) return lastPage(result, records);
  return ok({ totalSize: result.totalSize, done: false, nextRecordsUrl: urlOf(request, id, next), records });
}

function urlOf({ version }: OrgRequest, cursorId: string, offset: number): string {
  return `/services/data/v${version}.0/query/${cursorId}-${offset}`;
}

function lastPage({ totalSize }: QueryResult, records: readonly unknown[]): OrgResponse {
  return ok({ totalSize, done: true, records });
}

/** The id is in the address of a record, whether the query selects it or not. */
function idOfRecord({ attributes }: AnswerRow): string {
  return attributes.url?.split('/').at(-1) ?? '';
}

/** Reads the page size from `Sforce-Query-Options: batchSize=500`. It is limited to 200 to 2,000. */
function batchSizeOf({ headers }: OrgRequest): number {
  const asked = /batchSize=(\d{1,9})/i.exec(headers['sforce-query-options']?.toString() ?? '')?.[1];
  return asked === undefined ? maxPageSize : Math.min(maxPageSize, Math.max(smallestPage, Number(asked)));
}
