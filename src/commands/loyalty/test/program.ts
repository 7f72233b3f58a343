import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { mustTakeFile, replaceFile } from '../../../base/files/replaceFile.js';
import { junitXml } from '../../../base/text/junitXml.js';
import { filledText } from '../../../cli/commonFlags.js';
import { concludeCommand } from '../../../cli/concludeCommand.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import type { TestedCase, TestProgramResult } from '../../../cli/results/ruleTestResults.js';
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
    junit: filledText({ summary: messages.getMessage('flags.junit.summary') }),
  };

  public async run(): Promise<TestProgramResult> {
    return concludeCommand(this, async (signal) => {
      const { flags } = await this.parse(TestProgram);
      const { source, junit, 'min-coverage': wanted = 0 } = flags;
      if (junit !== undefined) await mustTakeFile(junit);
      const { definition } = await readDefinition(flags.definition);
      const cases = await readRuleCases(flags.cases);
      const records: TestedCase[] = [];
      const onResult = (result: RuleCaseResult): void => this.#show(records, testedCase(result));
      const options = { cases, definition, source, answerFlowsEmpty: flags['answer-flows-empty'] };
      const { coverage } = await testProgramRules({ ...options, onResult, signal });
      const failed = records.filter(({ status }) => status === 'failed').length;
      const counts = { passed: records.length - failed, failed };
      const { uncovered, ...shares } = coverage;
      const covered = { ...shares, uncovered: [...uncovered] };
      const result = { program: definition.name, records, counts, coverage: covered };
      if (junit !== undefined) await replaceFile(junit, junitOf(result));
      for (const line of ruleTestLines(result)) this.log(line);
      const isCovered = coverage.percent >= wanted;
      if (!isCovered) this.warn(messages.getMessage('warning.coverage', [coverage.percent, wanted]));
      return { result, exitCode: failed === 0 && isCovered ? exitCodes.done : exitCodes.failed };
    });
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

/** A test suite for each file. */
function junitOf({ program, records }: TestProgramResult): string {
  const suites = [...Map.groupBy(records, ({ file }) => file)].map(([file, cases]) => ({
    ...{ name: file, className: file },
    milliseconds: cases.reduce((sum, each) => sum + each.milliseconds, 0),
    cases: cases.map(({ name, milliseconds, failures }) => ({
      ...{ name, milliseconds },
      ...(failures.length > 0 && {
        failure: failures.map(({ message, file: at, line }) => `${message} (${at}, line ${line})`),
      }),
    })),
  }));
  return junitXml(`rules of ${program}`, suites);
}
