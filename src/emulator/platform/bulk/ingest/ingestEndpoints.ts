import { ok } from '../../../http/orgEndpoint.js';
import type { Endpoint, OrgRequest, OrgResponse } from '../../../http/orgEndpoint.js';
import { mediaTypeOf } from '../../../http/mediaTypes.js';
import { apiError, invalidJobState } from '../bulkErrors.js';
import type { JobOffice } from '../jobOffice.js';
import { IngestJob } from './ingestJob.js';
import { readIngestRequest, readParts } from './ingestRequest.js';
import { runIngest } from './ingestRun.js';
import { csvResponse, jobsPage } from '../jobResponses.js';

const path = '/services/data/:version/jobs/ingest';
const since = 41;

/** Bulk ingest: clients upload a CSV, the org writes its rows in the background, and clients read the results. */
export function ingestEndpoints(office: JobOffice): Endpoint[] {
  const jobOf = ({ params }: OrgRequest): IngestJob => office.ingestJobs.find(params['id'] ?? '');
  const endpoints: Omit<Endpoint, 'since'>[] = [
    {
      method: 'POST',
      path,
      takes: ['application/json', 'multipart/form-data'],
      handle: (request) => create(office, request),
    },
    { method: 'GET', path, handle: (request) => jobsPage(request, office.ingestJobs, { path, jobType: 'V2Ingest' }) },
    { method: 'GET', path: `${path}/:id`, handle: (request) => ok(jobOf(request).toStatus()) },
    {
      method: 'PUT',
      path: `${path}/:id/batches`,
      takes: ['text/csv'],
      handle: (request) => upload(jobOf(request), request),
    },
    { method: 'PATCH', path: `${path}/:id`, handle: (request) => change(office, jobOf(request), request) },
    { method: 'DELETE', path: `${path}/:id`, handle: (request) => remove(office, jobOf(request)) },
    ...resultEndpoints(jobOf),
  ];
  return endpoints.map((endpoint) => ({ ...endpoint, since }));
}

function resultEndpoints(jobOf: (request: OrgRequest) => IngestJob): Omit<Endpoint, 'since'>[] {
  const file = (name: string, content: (job: IngestJob) => Buffer): Omit<Endpoint, 'since'> => ({
    method: 'GET',
    path: `${path}/:id/${name}`,
    handle: (request) => csvResponse(content(jobWithResults(jobOf(request)))),
  });
  return [
    file('successfulResults', ({ results }) => results?.successful.toBuffer() ?? Buffer.alloc(0)),
    file('failedResults', ({ results }) => results?.failed.toBuffer() ?? Buffer.alloc(0)),
    file('unprocessedrecords', (job) => Buffer.concat(job.unprocessed())),
  ];
}

function create(office: JobOffice, request: OrgRequest): OrgResponse {
  const isMultipart = mediaTypeOf(request.headers['content-type']?.toString()) === 'multipart/form-data';
  const { job: body, content } = isMultipart ? readParts(request) : { job: request.body.object(), content: undefined };
  const order = readIngestRequest(body, request, office.org.store);
  const job = office.ingestJobs.add((id) => new IngestJob(id, order, office.org.clock));
  if (content) {
    job.receive(content);
    close(office, job);
  }
  return ok(job.toInfo());
}

function upload(job: IngestJob, { body }: OrgRequest): OrgResponse {
  job.receive(body.bytes);
  return { status: 201 };
}

function change(office: JobOffice, job: IngestJob, { body }: OrgRequest): OrgResponse {
  const { state } = body.object();
  if (state === 'UploadComplete') close(office, job);
  else if (state === 'Aborted') job.abort();
  else throw apiError(`Invalid value: '${String(state)}' supplied for property: 'state'`);
  return ok(job.toInfo());
}

function close(office: JobOffice, job: IngestJob): void {
  job.close();
  office.background.begin(runIngest(job, { ...office.org, batches: office.org.bulkUsage.batches }));
}

function remove(office: JobOffice, job: IngestJob): OrgResponse {
  job.requireDeletable();
  // A queued job that was deleted must not run.
  if (job.state === 'UploadComplete') job.abort();
  office.ingestJobs.remove(job);
  return { status: 204 };
}

function jobWithResults(job: IngestJob): IngestJob {
  if (job.isOver) return job;
  throw invalidJobState(`Job is ${job.state}: its results are not ready`);
}
