import { basename } from 'node:path';
import { counted } from '../base/text/counted.js';
import { seedRejects } from './seedReport.js';
import type { SeedReport, SeedStage } from './seedReport.js';

/** One part of a seed, as a test that passes or fails. The first line of a failure or an error is its message. */
export interface SeedCase {
  readonly name: string;
  readonly said?: string;
  readonly failure?: readonly string[];
  readonly error?: readonly string[];
  readonly skipped?: string;
}

/** Most rows that a failure names. `rejects.csv` has all of them. */
const mostLines = 50;

/** Returns the cases of a stage. Rows that need a person are failures if there are more than `maxRejects` of them. */
export function seedCases(report: SeedReport, name: SeedStage, maxRejects: number): SeedCase[] {
  const { status, error } = report.stages[name];
  if (status === 'absent') return [{ name, skipped: 'The folder has none.' }];
  if (status === 'waiting') return [{ name, skipped: 'An earlier stage did not end well.' }];
  const cases = casesOf[name](report, seedRejects(report) > maxRejects);
  if (error !== undefined) return [...cases, { name, error: [`${error.code}: ${error.message}`] }];
  return status === 'unfinished' ? [...cases, { name, error: ['Unfinished: seed the org again to go on.'] }] : cases;
}

type CasesOf = (report: SeedReport, areFailures: boolean) => SeedCase[];

const ofProgram: CasesOf = ({ stages: { program } }) =>
  program.objects.map(({ object, created, changed, unchanged }) => ({
    name: object,
    said: `${created} created, ${changed} changed, ${unchanged} as they were`,
  }));

const ofMembers: CasesOf = ({ stages: { members } }, areFailures) => {
  const { enrolled, exists, failed } = members.counts;
  const said = `${enrolled} enrolled, ${exists} already members, ${failed} not enrolled`;
  const lines = members.problems.map(({ key, error: { code, message } }) => `${key}: ${code}: ${message}`);
  const failure = [`${counted(failed, 'member')} not enrolled`, ...lines.slice(0, mostLines)];
  return [{ name: 'members', said, ...(areFailures && failed > 0 && { failure }) }];
};

const ofHistory: CasesOf = ({ stages: { history } }, areFailures) =>
  history.feeds.map(({ feed, rejected, refused }) => {
    const said = `${counted(rejected, 'row')} rejected, ${counted(refused, 'transaction')} refused`;
    const records = history.report?.records.filter((record) => (record.feed ?? feed) === feed) ?? [];
    const lines = records.slice(0, mostLines).map(({ key, line, error, status }) => {
      const place = line === undefined ? (key ?? '') : `line ${line}`;
      return `${place}: ${status}${error ? `, ${error.code}: ${error.message}` : ''}`;
    });
    const isFailure = areFailures && rejected + refused > 0;
    return { name: basename(feed), said, ...(isFailure && { failure: [said, ...lines] }) };
  });

const casesOf: Readonly<Record<SeedStage, CasesOf>> = { program: ofProgram, members: ofMembers, history: ofHistory };
