import { ok } from '../../../http/orgEndpoint.js';
import type { Endpoint, OrgRequest, OrgResponse } from '../../../http/orgEndpoint.js';
import { isDeletedSince, maxPageSize, runQuery, SoqlError } from '../../../soql/index.js';
import type { Steps } from '../backgroundJobs.js';
import { apiError, clientInputError, defect, exceededQuota } from '../bulkErrors.js';
import { compileBulkQuery } from './bulkQuery.js';
import { csvFormatOf } from '../csv/csvFormat.js';
import { textOfProperty, valueOf } from '../jobRequest.js';
import { csvResponse, jobsPage } from '../jobResponses.js';
import type { JobOffice } from '../jobOffice.js';
import { QueryJob } from './bulkQueryJob.js';

const path = '/services/data/:version/jobs/query';
const since = 47;
/** Rows of a page if the caller gives no number. An org decides by size, so this number is arbitrary. */
const defaultPage = 50_000;
const deleted = 'InvalidBatch : An object or field of the query was deleted while the job ran';
/** Number of page addresses in one answer (guide). */
const pagesPerAnswer = 5;

/** Bulk queries: SOQL runs in the background, and clients read the answer as CSV, page by page. */
export function queryJobEndpoints(office: JobOffice): Endpoint[] {
  const jobOf = ({ params }: OrgRequest): QueryJob => office.queryJobs.find(params['id'] ?? '');
  const job = `${path}/:id`;
  const pages = (request: OrgRequest): OrgResponse => ok(resultPages(jobOf(request), request));
  return [
    { method: 'POST', path, since, handle: (request) => create(office, request) },
    {
      method: 'GET',
      path,
      since,
      handle: (request) => jobsPage(request, office.queryJobs, { path, jobType: 'V2Query' }),
    },
    { method: 'GET', path: job, since, handle: (request) => ok(jobOf(request).toStatus()) },
    { method: 'PATCH', path: job, since, handle: (request) => abort(jobOf(request), request) },
    { method: 'DELETE', path: job, since, handle: (request) => remove(office, jobOf(request)) },
    { method: 'GET', path: `${job}/results`, since, handle: (request) => results(jobOf(request), request) },
    { method: 'GET', path: `${job}/resultPages`, since: 58, handle: pages },
    // The guide's example spells the address of the next answer like this.
    { method: 'GET', path: `${job}/resultpages`, since: 58, handle: pages },
  ];
}

function create(office: JobOffice, { body, version, session }: OrgRequest): OrgResponse {
  const given = body.object();
  const operation = valueOf(given, 'operation', ['query', 'queryAll']) as 'query' | 'queryAll';
  const query = compileBulkQuery(textOfProperty(given, 'query'), version, office.org, operation === 'queryAll');
  const request = { operation, query, format: csvFormatOf(given), apiVersion: version, userId: session.userId };
  const { queryJobs: usage } = office.org.bulkUsage;
  if (usage.isExhausted) throw exceededQuota('The query jobs allowed in 24 hours are used up');
  usage.record();
  const job = office.queryJobs.add((id) => new QueryJob(id, request, office.org.clock));
  office.background.begin(run(job, office));
  return ok(job.toInfo());
}

function* run(job: QueryJob, { org }: JobOffice): Steps {
  if (job.state !== 'UploadComplete') return;
  job.enter('InProgress');
  yield undefined;
  try {
    const answer = runQuery(org.store.db, job.request.query);
    for (let offset = 0; offset < answer.totalSize; offset += maxPageSize) {
      if (!job.isInProgress) return;
      org.bulkUsage.queryBytes.record(job.results.add(answer.records(offset, maxPageSize)));
      yield undefined;
    }
  } catch (error) {
    const refusal = error instanceof SoqlError ? error.message : isDeletedSince(error) ? deleted : undefined;
    job.errorMessage = refusal ?? defect;
    job.enter('Failed');
    if (refusal === undefined) throw error;
  }
  if (job.isInProgress) job.enter('JobComplete');
}

function abort(job: QueryJob, { body }: OrgRequest): OrgResponse {
  const { state } = body.object();
  if (state !== 'Aborted') throw apiError(`Invalid value: '${String(state)}' supplied for property: 'state'`);
  job.abort();
  return ok(job.toInfo());
}

function remove(office: JobOffice, job: QueryJob): OrgResponse {
  job.requireDeletable();
  office.queryJobs.remove(job);
  return { status: 204 };
}

/** On the last page the locator is the text `null`. Clients that do not find it would never stop. */
function results(job: QueryJob, { query }: OrgRequest): OrgResponse {
  job.requireComplete();
  const offset = offsetOf(query.get('locator'));
  const limit = limitOf(query.get('maxRecords'));
  const { count } = job.results;
  const next = offset + limit;
  return csvResponse(job.results.read(offset, limit), {
    'sforce-locator': next < count ? locatorOf(next) : 'null',
    'sforce-numberofrecords': String(Math.max(0, Math.min(limit, count - offset))),
  });
}

function resultPages(job: QueryJob, { query, version }: OrgRequest): Record<string, unknown> {
  job.requireComplete();
  const first = offsetOf(query.get('locator'));
  const { count, id } = { count: job.results.count, id: job.id };
  const address = `/services/data/v${version}.0/jobs/query/${id}`;
  const offsets: number[] = [];
  for (let offset = first; offset < count && offsets.length < pagesPerAnswer; offset += defaultPage)
    offsets.push(offset);
  const next = first + pagesPerAnswer * defaultPage;
  const done = next >= count;
  return {
    resultPages: offsets.map((offset) => ({ resultUrl: `${address}/results?locator=${locatorOf(offset)}` })),
    ...(!done && { nextRecordsUrl: `${address}/resultpages?locator=${locatorOf(next)}` }),
    done,
  };
}

/** 10000 → `MTAwMDA`, as in the guide's samples. */
function locatorOf(offset: number): string {
  return Buffer.from(String(offset)).toString('base64url');
}

function offsetOf(locator: string | null): number {
  if (locator === null) return 0;
  const offset = Buffer.from(locator, 'base64url').toString('latin1');
  if (/^\d{1,12}$/.test(offset)) return Number(offset);
  throw clientInputError('invalid locator');
}

function limitOf(maxRecords: string | null): number {
  if (maxRecords === null) return defaultPage;
  if (/^[1-9]\d{0,11}$/.test(maxRecords)) return Number(maxRecords);
  throw clientInputError('maxRecords is not a positive number');
}
