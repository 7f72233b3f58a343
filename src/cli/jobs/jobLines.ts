import { Messages } from '@salesforce/core';
import { commandLine } from '../../base/text/commandLine.js';
import { counted } from '../../base/text/counted.js';
import { durationText } from '../../base/text/durationText.js';
import type { BatchJobState } from '../../client/index.js';
import type { OrgName } from '../orgName.js';
import type { JobRecord } from '../results/jobResults.js';
import { countText, wrapped } from '../terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.jobs');

/** Failed records on the screen. `--json` has more. */
const shownFailures = 10;

/** How far a job is, for one line that changes. */
export function jobProgressText({ job, parts, records }: BatchJobState): string {
  const status = messages.getMessage(`status.${knownStatus(job.Status)}`);
  if (parts.total === 0) return status;
  const done = [countText(parts.ended), counted(parts.total, 'part')];
  const words = [messages.getMessage('info.parts', done), counted(records.processed, 'record')];
  if (records.failed > 0) words.push(messages.getMessage('info.failed', [countText(records.failed)]));
  return words.join(', ');
}

/** How a job ended, what it did, and what failed. */
export function jobLines(record: JobRecord, org: OrgName): string[] {
  const name = record.definition ?? record.key;
  const key = record.status === 'failed' ? 'info.failedJob' : `info.${record.status}`;
  const lines = wrapped(messages.getMessage(key, [name, workText(record), timeText(record)]), '');
  if (record.error) lines.push(...wrapped(record.error.message, '  '));
  for (const { record: id, message } of record.failures.slice(0, shownFailures))
    lines.push(...wrapped(`${id ?? '–'}: ${message ?? '–'}`, '  '));
  const hidden = record.work.failed - Math.min(record.failures.length, shownFailures);
  if (hidden > 0) lines.push(`  ${messages.getMessage('info.more', [countText(hidden)])}`);
  return [...lines, ...nextLines(record, org)];
}

/** A calculation reads records and changes some of them. A batch job is to run each of its records. */
function workText({ type, work: { total, processed, failed } }: JobRecord): string {
  const all = counted(total, 'record');
  if (type === 'Calc') return messages.getMessage('info.read', [all, countText(processed)]);
  const words = processed === total ? all : messages.getMessage('info.ofAll', [countText(processed), all]);
  return failed > 0 ? `${words}, ${messages.getMessage('info.failed', [countText(failed)])}` : words;
}

function timeText({ startTime, endTime }: JobRecord): string {
  const seconds = (Date.parse(endTime ?? '') - Date.parse(startTime ?? '')) / 1000;
  return Number.isFinite(seconds) && seconds >= 1 ? messages.getMessage('info.time', [durationText(seconds)]) : '';
}

function nextLines({ key, status, failures }: JobRecord, org: OrgName): string[] {
  const target = { 'target-org': org };
  if (status === 'running')
    return [
      messages.getMessage('info.watch', [commandLine('run job', { watch: key, ...target })]),
      messages.getMessage('info.cancel', [commandLine('cancel job', { job: key, ...target })]),
    ];
  if (!failures.some((failure) => failure.status !== 'Resubmitted')) return [];
  return [messages.getMessage('info.again', [commandLine('run job', { 'failed-of': key, ...target })])];
}

const knownStatuses: readonly string[] = [
  'Submitted',
  'QueueingInProgress',
  'Queued',
  'InProgress',
  'Completed',
  'CompletedWithFailures',
  'Failed',
  'Canceled',
];

/** An org may have statuses that are not documented. */
function knownStatus(status: string | null): string {
  return status !== null && knownStatuses.includes(status) ? status : 'unknown';
}
