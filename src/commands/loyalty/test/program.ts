import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { mustTakeFile, replaceFile } from '../../../base/files/replaceFile.js';
import { counted } from '../../../base/text/counted.js';
import { filledText } from '../../../cli/commonFlags.js';
import { concludeCommand, interruptedError } from '../../../cli/concludeCommand.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import type { TestedCase, TestProgramResult } from '../../../cli/results/ruleTestResults.js';
import { ruleTestJunit } from '../../../cli/ruleTestJunit.js';
import type { RuleTestDemands } from '../../../cli/ruleTestJunit.js';
import { ruleTestResult } from '../../../cli/ruleTestResult.js';
import { ruleTestLines, testedCaseLines } from '../../../cli/ruleTestLines.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { readDefinition } from '../../../program/index.js';
import { readRuleCases, testProgramRules } from '../../../ruleCases/index.js';
import type { RuleCaseResult } from '../../../ruleCases/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.test.program');
const orgMessages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.emulator.start');
export type { TestProgramResult } from '../../../cli/results/ruleTestResults.js';

export default class TestProgram extends SfCommand<TestProgramResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    cases: filledText({ char: 'f', summary: messages.getMessage('flags.cases.summary'), required: true }),
    source: Flags.directory({
      summary: messages.getMessage('flags.source.summary'),
      exists: true,
      multiple: true,
      required: true,
    }),
    definition: filledText({
      summary: messages.getMessage('flags.definition.summary'),
      description: messages.getMessage('flags.definition.description'),
      required: true,
    }),
    'answer-flows-empty': Flags.boolean({
      summary: orgMessages.getMessage('flags.answer-flows-empty.summary'),
      description: orgMessages.getMessage('flags.answer-flows-empty.description'),
    }),
    'min-coverage': Flags.integer({
      summary: messages.getMessage('flags.min-coverage.summary'),
      description: messages.getMessage('flags.min-coverage.description'),
      min: 0,
      max: 100,
    }),
    'fail-on-findings': Flags.boolean({ summary: messages.getMessage('flags.fail-on-findings.summary') }),
    mutate: Flags.boolean({
      summary: messages.getMessage('flags.mutate.summary'),
      description: messages.getMessage('flags.mutate.description'),
    }),
    'min-noticed': Flags.integer({
      summary: messages.getMessage('flags.min-noticed.summary'),
      dependsOn: ['mutate'],
      min: 0,
      max: 100,
    }),
    junit: filledText({ summary: messages.getMessage('flags.junit.summary') }),
  };

  public async run(): Promise<TestProgramResult> {
    return concludeCommand(this, async (signal) => {
      const { flags } = await this.parse(TestProgram);
      const { source, junit, mutate: mutates } = flags;
      if (junit !== undefined) await mustTakeFile(junit);
      const { definition } = await readDefinition(flags.definition);
      const cases = await readRuleCases(flags.cases);
      const records: TestedCase[] = [];
      const onResult = (result: RuleCaseResult): void => this.#show(records, testedCase(result));
      const options = { cases, definition, source, mutates, answerFlowsEmpty: flags['answer-flows-empty'] };
      const report = await testProgramRules({ ...options, onResult, signal });
      if (signal.aborted) throw interruptedError([this.#howFar(records.length, cases.cases.length)]);
      const result = ruleTestResult(definition.name, records, report);
      if (junit !== undefined) await replaceFile(junit, ruleTestJunit(result, flags));
      for (const line of ruleTestLines(result)) this.log(line);
      const missing = this.#missing(result, flags);
      for (const warning of missing) this.warn(warning);
      const isDone = result.counts.failed === 0 && missing.length === 0;
      return { result, exitCode: isDone ? exitCodes.done : exitCodes.failed };
    });
  }

  #howFar(ended: number, all: number): string {
    return messages.getMessage('info.howFar', [ended, counted(all, 'case')]);
  }

  /** Says what else than a failed case makes the run fail. */
  #missing({ coverage: { percent }, findings, mutants }: TestProgramResult, flags: Demands): string[] {
    const { 'min-coverage': covered = 0, 'min-noticed': least = 0, 'fail-on-findings': failsOnFindings } = flags;
    const warnings = findings.filter(({ level }) => level === 'warning').length;
    const noticed = mutants ? percentOf(mutants.noticed, mutants.total) : 100;
    return [
      ...(percent < covered ? [messages.getMessage('warning.coverage', [percent, covered])] : []),
      ...(failsOnFindings && warnings > 0
        ? [messages.getMessage('warning.findings', [counted(warnings, 'warning')])]
        : []),
      ...(flags.mutate && !mutants ? [messages.getMessage('warning.notMutated')] : []),
      ...(noticed < least ? [messages.getMessage('warning.noticed', [noticed, least])] : []),
    ];
  }

  #show(records: TestedCase[], tested: TestedCase): void {
    if (records.at(-1)?.file !== tested.file) {
      if (records.length > 0) this.log();
      this.log(tested.file);
    }
    records.push(tested);
    for (const line of testedCaseLines(tested)) this.log(line);
  }
}

function testedCase({ case: { name, place }, failures, milliseconds }: RuleCaseResult): TestedCase {
  const status = failures.length === 0 ? 'passed' : 'failed';
  return {
    ...{ key: `${place.file}: ${name}`, status, name, ...place },
    milliseconds: Math.round(milliseconds),
    failures: failures.map(({ message, file, line }) => ({ message, file, line })),
  };
}

interface Demands extends RuleTestDemands {
  readonly mutate: boolean;
  readonly 'min-coverage'?: number | undefined;
  readonly 'min-noticed'?: number | undefined;
}

/** Rounded down to one decimal, so that 100 means all. */
function percentOf(part: number, all: number): number {
  return all === 0 ? 100 : Math.floor((part / all) * 1000) / 10;
}
