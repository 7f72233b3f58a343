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
  const shares = messages.getMessage('info.coverage', [
    percent,
    rules.covered,
    rules.total,
    actions.covered,
    actions.total,
    conditions.covered,
    conditions.total,
  ]);
  return [
    '',
    messages.getMessage('info.counts', [counts.passed, counts.failed]),
    ...wrapped(shares, ''),
    ...listed(uncovered.map(uncoveredText)),
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
  return ['', ...wrapped(head, ''), ...listed([...warnings, ...notes].map(findingText))];
}

function findingText({ code, level, message, file, line }: TestProgramResult['findings'][number]): string {
  const at = messages.getMessage('info.place', [file, line]);
  return `${messages.getMessage(`info.finding.${level}`, [message, code])} (${at})`;
}

type Mutants = NonNullable<TestProgramResult['mutants']>;

function mutantLines({ total, noticed, unnoticed }: Mutants): string[] {
  const head = messages.getMessage('info.mutants', [noticed, total]);
  return ['', ...wrapped(head, ''), ...listed(unnoticed.map(mutantText))];
}

function mutantText({ condition, rule, field, operator, mutated, file, line }: Mutants['unnoticed'][number]): string {
  const text = messages.getMessage('info.mutant', [field, operator, mutated, condition, rule]);
  return `${text} (${messages.getMessage('info.place', [file, line])})`;
}

function listed(texts: readonly string[]): string[] {
  const more = texts.length - mostShown;
  return [
    ...texts.slice(0, mostShown).flatMap((text) => wrapped(text, '  ')),
    ...(more > 0 ? [`  ${messages.getMessage('info.more', [more])}`] : []),
  ];
}

function uncoveredText({ rule, step, what, file, line }: TestProgramResult['coverage']['uncovered'][number]): string {
  const text = messages.getMessage(`info.uncovered.${what}`, step === null ? [rule] : [step, rule]);
  return `${text} (${messages.getMessage('info.place', [file, line])})`;
}
