import { junitXml } from '../base/text/junitXml.js';
import type { JunitSuite } from '../base/text/junitXml.js';
import type { TestProgramResult } from './results/ruleTestResults.js';

export interface RuleTestDemands {
  readonly 'fail-on-findings': boolean;
}

/** Returns a report with a test suite for each file of cases, and for each file of rules with warnings. */
export function ruleTestJunit(result: TestProgramResult, { 'fail-on-findings': fails }: RuleTestDemands): string {
  return junitXml(`rules of ${result.program}`, [...caseSuites(result), ...findingSuites(result, fails)]);
}

function caseSuites({ records }: TestProgramResult): JunitSuite[] {
  return [...Map.groupBy(records, ({ file }) => file)].map(([file, cases]) => ({
    ...{ name: file, className: file },
    milliseconds: cases.reduce((sum, each) => sum + each.milliseconds, 0),
    cases: cases.map(({ name, milliseconds, failures }) => ({
      ...{ name, milliseconds },
      ...(failures.length > 0 && {
        failure: failures.map(({ message, file: at, line }) => `${message} (${at}, line ${line})`),
      }),
    })),
  }));
}

/** A warning that may stay is a test that was skipped, which a CI shows without failing. */
function findingSuites({ findings }: TestProgramResult, fails: boolean): JunitSuite[] {
  const warnings = findings.filter(({ level }) => level === 'warning');
  return [...Map.groupBy(warnings, ({ file }) => file)].map(([file, all]) => ({
    ...{ name: file, className: file, milliseconds: 0 },
    cases: all.map(({ code, message, line }) => ({
      name: `${code}, line ${line}`,
      ...(fails ? { failure: [message] } : { skipped: message }),
    })),
  }));
}
