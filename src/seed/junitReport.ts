import { printable } from '../base/text/printable.js';
import { seedCases } from './seedCases.js';
import type { SeedCase } from './seedCases.js';
import { seedStages } from './seedReport.js';
import type { SeedReport, SeedStage } from './seedReport.js';

/**
 * Returns what a seed did as JUnit XML, which every CI reads: a test suite for each stage, and a test case for each
 * object of the program, for the members and for each feed.
 */
export function junitReport(report: SeedReport, maxRejects: number): string {
  const suites = seedStages.map((stage) => suiteOf(report, stage, seedCases(report, stage, maxRejects)));
  const all = seedStages.flatMap((stage) => seedCases(report, stage, maxRejects));
  const milliseconds = seedStages.reduce((sum, stage) => sum + report.stages[stage].milliseconds, 0);
  const attributes = { name: `seed ${report.program}`, ...countsOf(all), time: seconds(milliseconds) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, suites.join(''))}`;
}

function suiteOf({ stages }: SeedReport, stage: SeedStage, cases: readonly SeedCase[]): string {
  const time = seconds(stages[stage].milliseconds);
  return element(
    'testsuite',
    { name: stage, ...countsOf(cases), time },
    cases.map((each) => caseOf(stage, each)).join(''),
  );
}

function caseOf(stage: SeedStage, { name, said, failure, error, skipped }: SeedCase): string {
  const parts = [
    skipped === undefined ? '' : element('skipped', { message: skipped }),
    failure === undefined ? '' : problem('failure', failure),
    error === undefined ? '' : problem('error', error),
    said === undefined ? '' : element('system-out', {}, escaped(said)),
  ];
  return element('testcase', { classname: `seed.${stage}`, name }, parts.join(''));
}

function problem(tag: 'failure' | 'error', [first = '', ...others]: readonly string[]): string {
  return element(tag, { message: first }, others.map(escaped).join('\n'));
}

function countsOf(cases: readonly SeedCase[]): Record<string, string> {
  const count = (part: 'failure' | 'error' | 'skipped'): string =>
    String(cases.filter((each) => each[part] !== undefined).length);
  const [failures, errors, skipped] = [count('failure'), count('error'), count('skipped')];
  return { tests: String(cases.length), failures, errors, skipped };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function element(tag: string, attributes: Readonly<Record<string, string>>, content = ''): string {
  const list = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return content === '' ? `<${tag}${list.join('')}/>\n` : `<${tag}${list.join('')}>${content}</${tag}>\n`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Control characters are not allowed in XML, whatever they are written as. */
function escaped(text: string): string {
  return printable(text).replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}
