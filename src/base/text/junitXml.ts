import { escapedXml } from './escapedXml.js';
import { printable } from './printable.js';

/** A test case of a report. Without a failure, an error and a reason to skip it, it has passed. */
export interface JunitCase {
  readonly name: string;
  /** The first line is the message. */
  readonly failure?: readonly string[] | undefined;
  readonly error?: readonly string[] | undefined;
  /** Why it did not run. */
  readonly skipped?: string | undefined;
  readonly said?: string | undefined;
  readonly milliseconds?: number | undefined;
}

export interface JunitSuite {
  readonly name: string;
  /** Of its cases. */
  readonly className: string;
  readonly cases: readonly JunitCase[];
  readonly milliseconds: number;
}

/** Returns a report as JUnit XML, which every CI reads. */
export function junitXml(name: string, suites: readonly JunitSuite[]): string {
  const all = suites.flatMap(({ cases }) => cases);
  const milliseconds = suites.reduce((sum, suite) => sum + suite.milliseconds, 0);
  const attributes = { name, ...countsOf(all), time: seconds(milliseconds) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, suites.map(suiteOf).join(''))}`;
}

function suiteOf({ name, className, cases, milliseconds }: JunitSuite): string {
  const attributes = { name, ...countsOf(cases), time: seconds(milliseconds) };
  return element('testsuite', attributes, cases.map((each) => caseOf(className, each)).join(''));
}

function caseOf(classname: string, { name, milliseconds, said, failure, error, skipped }: JunitCase): string {
  const parts = [
    skipped === undefined ? '' : element('skipped', { message: skipped }),
    failure === undefined ? '' : problem('failure', failure),
    error === undefined ? '' : problem('error', error),
    said === undefined ? '' : element('system-out', {}, escaped(said)),
  ];
  const time = milliseconds === undefined ? undefined : { time: seconds(milliseconds) };
  return element('testcase', { classname, name, ...time }, parts.join(''));
}

function problem(tag: 'failure' | 'error', [first = '', ...others]: readonly string[]): string {
  return element(tag, { message: first }, others.map(escaped).join('\n'));
}

function countsOf(cases: readonly JunitCase[]): Record<string, string> {
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

/** Control characters are not allowed in XML, whatever they are written as. */
function escaped(text: string): string {
  return escapedXml(printable(text));
}
