import { Messages } from '@salesforce/core';
import { counted } from '../base/text/counted.js';
import type { TestedCase, TestProgramResult } from './results/ruleTestResults.js';
import { wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.test.program');

/** Most parts without coverage that are listed. */
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
export function ruleTestLines({ counts, coverage }: TestProgramResult): string[] {
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
  const shown = uncovered.slice(0, mostShown);
  const more = uncovered.length - shown.length;
  return [
    '',
    messages.getMessage('info.counts', [counts.passed, counts.failed]),
    ...wrapped(shares, ''),
    ...shown.flatMap((each) => wrapped(uncoveredText(each), '  ')),
    ...(more > 0 ? [`  ${messages.getMessage('info.more', [counted(more, 'more')])}`] : []),
  ];
}

function uncoveredText({ rule, step, what, file, line }: TestProgramResult['coverage']['uncovered'][number]): string {
  const text = messages.getMessage(`info.uncovered.${what}`, step === null ? [rule] : [step, rule]);
  return `${text} (${messages.getMessage('info.place', [file, line])})`;
}
