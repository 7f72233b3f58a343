import { Messages } from '@salesforce/core';
import { counted } from '../base/text/counted.js';
import type { TestedCase, TestProgramResult } from './results/ruleTestResults.js';
import { wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.test.program');

/** Most parts without coverage, findings and mutants that are listed of each. */
const mostShown = 20;

/** A case, as a test runner shows it. */
export function testedCaseLines({ name, status, failures }: TestedCase): string[] {
  const [first = '', ...others] = wrapped(`${status === 'passed' ? '✔' : '✘'} ${name}`, '  ');
  const lines = failures.flatMap(({ message, file, line }) => [
    ...wrapped(message, '      '),
    `        ${messages.getMessage('info.place', [file, line])}`,
  ]);
  return [first, ...others, ...lines];
}

/** What all cases come to, and what they leave out. */
export function ruleTestLines({ counts, coverage, findings, mutants }: TestProgramResult): string[] {
  const { rules, actions, conditions, percent, uncovered } = coverage;
  // Each condition can be seen met and not met, which counts as two.
  const ofConditions = conditions.total / 2;
  const missing = (wanted: 'met' | 'notMet'): number => uncovered.filter(({ what }) => what === wanted).length;
  const shares = messages.getMessage('info.coverage', [
    percent,
    rules.covered,
    rules.total,
    actions.covered,
    actions.total,
    ofConditions - missing('met'),
    ofConditions,
    ofConditions - missing('notMet'),
    ofConditions,
  ]);
  return [
    '',
    messages.getMessage('info.counts', [counts.passed, counts.failed]),
    ...wrapped(shares, ''),
    ...listed(uncovered, uncoveredText),
    ...findingLines(findings),
    ...(mutants ? mutantLines(mutants) : []),
  ];
}

function findingLines(findings: TestProgramResult['findings']): string[] {
  if (findings.length === 0) return [];
  const warnings = findings.filter(({ level }) => level === 'warning');
  const notes = findings.filter(({ level }) => level === 'info');
  const head = messages.getMessage('info.findings', [
    counted(warnings.length, 'warning'),
    counted(notes.length, 'note'),
  ]);
  return ['', ...wrapped(head, ''), ...listed([...warnings, ...notes], findingText)];
}

function findingText({ code, level, message }: TestProgramResult['findings'][number]): string {
  return messages.getMessage(`info.finding.${level}`, [message, code]);
}

type Mutants = NonNullable<TestProgramResult['mutants']>;

function mutantLines({ total, noticed, unnoticed }: Mutants): string[] {
  const head = messages.getMessage('info.mutants', [noticed, total]);
  return ['', ...wrapped(head, ''), ...listed(unnoticed, mutantText)];
}

function mutantText({ condition, rule, field, operator, mutated }: Mutants['unnoticed'][number]): string {
  return messages.getMessage('info.mutant', [field, operator, mutated, condition, rule]);
}

/** The first of them, below the name of their file. */
function listed<Item extends { readonly file: string; readonly line: number }>(
  items: readonly Item[],
  textOf: (item: Item) => string,
): string[] {
  const more = items.length - mostShown;
  return [
    ...[...Map.groupBy(items.slice(0, mostShown), ({ file }) => file)].flatMap(([file, ofFile]) => [
      ...wrapped(file, '  '),
      ...ofFile.flatMap((item) => wrapped(messages.getMessage('info.atLine', [item.line, textOf(item)]), '    ')),
    ]),
    ...(more > 0 ? [`  ${messages.getMessage('info.more', [more])}`] : []),
  ];
}

function uncoveredText({ rule, step, what }: TestProgramResult['coverage']['uncovered'][number]): string {
  return messages.getMessage(`info.uncovered.${what}`, step === null ? [rule] : [step, rule]);
}
