import { basename } from 'node:path';
import { markdownTable, markdownText } from '../base/text/markdown.js';
import { seedStages } from './seedReport.js';
import type { SeedReport, SeedStatus } from './seedReport.js';

const words: Readonly<Record<SeedStatus, string>> = {
  done: 'done',
  attention: 'needs a person',
  unfinished: 'unfinished',
  failed: 'failed',
  absent: 'nothing in the folder',
  waiting: 'not begun',
};

/** Most reasons of each kind. */
const mostReasons = 20;

/** Returns what a seed did as Markdown, for the summary of a pipeline. */
export function seedSummary(report: SeedReport): string {
  const stages = seedStages.map((name) => {
    const { status, milliseconds } = report.stages[name];
    return [
      name,
      words[status],
      status === 'absent' || status === 'waiting' ? '' : `${(milliseconds / 1000).toFixed(1)} s`,
    ];
  });
  const parts = [
    `# Seed of ${markdownText(report.program)}`,
    markdownTable(['Stage', 'Result', 'Took'], stages),
    ...errorsOf(report),
    ...programPart(report),
    ...membersPart(report),
    ...historyPart(report),
  ];
  return `${parts.join('\n\n')}\n`;
}

function errorsOf({ stages }: SeedReport): string[] {
  return seedStages.flatMap((name) => {
    const { error } = stages[name];
    return error === undefined ? [] : [`**${name}**: ${markdownText(`${error.code}: ${error.message}`)}`];
  });
}

function programPart({ stages: { program } }: SeedReport): string[] {
  if (program.objects.length === 0) return [];
  const rows = program.objects.map(({ object, created, changed, unchanged }) => [object, created, changed, unchanged]);
  return ['## Program', markdownTable(['Object', 'Created', 'Changed', 'As they were'], rows)];
}

function membersPart({ stages: { members } }: SeedReport): string[] {
  if (members.status === 'absent' || members.status === 'waiting') return [];
  const { enrolled, exists, failed, unknown, open } = members.counts;
  const counts = markdownTable(
    ['Enrolled', 'Already members', 'Not enrolled', 'Unknown', 'Open'],
    [[enrolled, exists, failed, unknown, open]],
  );
  const reasons = members.problems
    .slice(0, mostReasons)
    .map(({ key, error }) => [key, `${error.code}: ${error.message}`]);
  return ['## Members', counts, ...(reasons.length === 0 ? [] : [markdownTable(['Member', 'Why not'], reasons)])];
}

function historyPart({ stages: { history } }: SeedReport): string[] {
  const { report, feeds } = history;
  if (report === null) return [];
  const { rows, transactions, items } = report.counts;
  const counts = markdownTable(
    ['Rows read', 'Transactions', 'Sent now', 'Found in the org', 'Known before', 'Open'],
    [
      [
        rows.read,
        transactions.made,
        items.sentNow,
        items.found,
        transactions.known,
        items.ready + items.sent + items.unknown,
      ],
    ],
  );
  const perFeed = feeds.map(({ feed, rejected, refused }) => [basename(feed), rejected, refused]);
  const reasons = report.reasons
    .filter(({ status }) => status !== 'detailsDiffer')
    .slice(0, mostReasons)
    .map(({ count, status, code = '', example }) => [count, status, code, example]);
  return [
    '## Transactions',
    counts,
    markdownTable(['Feed', 'Rows rejected', 'Transactions refused'], perFeed),
    ...(reasons.length === 0 ? [] : [markdownTable(['Count', 'Status', 'Code', 'The first one'], reasons)]),
  ];
}
