import { setTimeout } from 'node:timers/promises';
import { at, outcome } from '../probeAnswer.js';
import type { ProbeAnswer } from '../probeAnswer.js';
import { compared, unclear } from '../probe.js';
import type { Probe } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';

const needs = ['program'] as const;
const csv = { 'content-type': 'text/csv' };
/** Most polls per job. */
const polls = 30;
/** Milliseconds until the second poll. Each pause is 1.5 times the one before, up to the longest. */
const firstPause = 20;
const longestPause = 5000;

interface JobOrder {
  readonly operation?: string;
  readonly rows?: string | undefined;
  readonly version?: string;
}

/** Runs a job to its end. Returns undefined if it does not end in time. */
async function finished(org: ProbedOrg, { operation = 'insert', rows, version = org.client.apiVersion }: JobOrder) {
  const ask = { version };
  const order = { object: 'Account', operation, contentType: 'CSV', lineEnding: 'LF' };
  const created = await org.ask('POST', '/jobs/ingest', { ...ask, body: order });
  const path = `/jobs/ingest/${String(at(created.json, 'id'))}`;
  if (rows !== undefined) await org.ask('PUT', `${path}/batches`, { ...ask, body: rows, headers: csv });
  await org.ask('PATCH', path, { ...ask, body: { state: 'UploadComplete' } });
  let pause = firstPause;
  for (let poll = 0; poll < polls; poll += 1) {
    const { json } = await org.ask('GET', path, ask);
    const state = at(json, 'state');
    if (state === 'JobComplete' || state === 'Failed') return { state, path, ask };
    await setTimeout(pause);
    pause = Math.min(longestPause, pause * 1.5);
  }
  return undefined;
}

const slow = unclear('the job did not end within a minute');
const header = (file: ProbeAnswer) => file.text.split('\n')[0]?.replaceAll('"', '').trim() ?? '';

export const bulkProbes: readonly Probe[] = [
  {
    id: 'empty-upload-completes',
    assumption: 'A job whose upload has only a header is complete, and its results have the leading columns.',
    needs,
    calls: polls + 4,
    ask: async (org) => {
      const job = await finished(org, { rows: 'Name\n' });
      if (!job) return slow;
      const file = await org.ask('GET', `${job.path}/successfulResults`);
      return compared([job.state, header(file).startsWith('sf__Id,sf__Created')], ['JobComplete', true]);
    },
  },
  {
    id: 'no-upload-completes',
    assumption: 'A job without an upload is also complete.',
    needs,
    calls: polls + 2,
    ask: async (org) => {
      const job = await finished(org, {});
      return job ? compared(job.state, 'JobComplete') : slow;
    },
  },
  {
    id: 'failed-results-columns',
    assumption: 'failedResults begin with sf__Id and sf__Error, even in version 50.',
    needs,
    calls: 2 * (polls + 4),
    ask: async (org) => {
      const starts = [];
      for (const version of [org.client.apiVersion, '50.0']) {
        const job = await finished(org, { rows: 'Name,ParentId\nProbe,probe\n', version });
        if (!job) return slow;
        const file = await org.ask('GET', `${job.path}/failedResults`, job.ask);
        starts.push(header(file).split(',').slice(0, 2).join(','));
      }
      return compared(starts, ['sf__Id,sf__Error', 'sf__Id,sf__Error']);
    },
  },
  {
    id: 'refused-row-has-its-id',
    assumption: 'A row that could not be updated has the Id of its record in sf__Id; a malformed row fails alone.',
    needs,
    calls: polls + 6,
    ask: async (org) => {
      const good = await org.made('Account', { Name: 'Probe' });
      const bad = await org.made('Account', { Name: 'Probe' });
      const job = await finished(org, { operation: 'update', rows: `Id,ParentId\n${bad},probe\n${good},\n` });
      if (!job) return slow;
      const { text } = await org.ask('GET', `${job.path}/failedResults`);
      const rows = text.trim().split('\n').slice(1);
      return compared([rows.length, rows[0]?.replaceAll('"', '').startsWith(`${bad},`)], [1, true]);
    },
  },
  {
    id: 'deletion-takes-ids-only',
    assumption: 'A deletion with any column but Id fails the job.',
    needs,
    calls: polls + 4,
    ask: async (org) => {
      const id = await org.made('Account', { Name: 'Probe' });
      const job = await finished(org, { operation: 'delete', rows: `Id,Name\n${id},Probe\n` });
      return job ? compared(job.state, 'Failed') : slow;
    },
  },
  {
    id: 'second-upload-refused',
    assumption: 'A second upload to a job is 400 BULK_API_ERROR.',
    needs,
    calls: 4,
    ask: async (org) => {
      const body = { object: 'Account', operation: 'insert', contentType: 'CSV', lineEnding: 'LF' };
      const created = await org.ask('POST', '/jobs/ingest', { body });
      const path = `/jobs/ingest/${String(at(created.json, 'id'))}`;
      await org.ask('PUT', `${path}/batches`, { body: 'Name\n', headers: csv });
      const second = await org.ask('PUT', `${path}/batches`, { body: 'Name\n', headers: csv });
      await org.ask('PATCH', path, { body: { state: 'Aborted' } });
      return compared(outcome(second), '400 BULK_API_ERROR');
    },
  },
];
