import { ok } from '../../http/orgEndpoint.js';
import type { OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import type { JobRegister, RegisteredJob } from './jobRegister.js';

export function csvResponse(content: Buffer, headers: Readonly<Record<string, string>> = {}): OrgResponse {
  return { status: 200, body: content, headers: { 'content-type': 'text/csv;charset=UTF-8', ...headers } };
}

/**
 * Returns a page of the jobs of one kind. It is empty if the filter asks for another kind, which this org does not
 * have.
 */
export function jobsPage<Job extends RegisteredJob & { toInfo(): Record<string, unknown> }>(
  { query, version }: OrgRequest,
  jobs: JobRegister<Job>,
  { path, jobType }: { readonly path: string; readonly jobType: string },
): OrgResponse {
  const isAsked = (query.get('jobType') ?? jobType) === jobType && query.get('isPkChunkingEnabled') !== 'true';
  const page = isAsked ? jobs.page(query.get('queryLocator')) : { jobs: [], next: undefined };
  const address = path.replace(':version', `v${version}.0`);
  return ok({
    done: page.next === undefined,
    records: page.jobs.map((job) => ({ ...job.toInfo(), jobType })),
    nextRecordsUrl: page.next === undefined ? null : `${address}?queryLocator=${page.next}`,
  });
}
