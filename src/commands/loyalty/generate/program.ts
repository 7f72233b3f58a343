import '../../../cli/requireNode.js';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { replaceFile } from '../../../base/files/replaceFile.js';
import { commandLine } from '../../../base/text/commandLine.js';
import { mayReplace, noPromptFlag } from '../../../cli/askFirst.js';
import { filledText } from '../../../cli/commonFlags.js';
import { concludeCommand } from '../../../cli/concludeCommand.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { printLines } from '../../../cli/generatedFile.js';
import type { GenerateProgramResult } from '../../../cli/results/programResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { definitionSchema, ProgramDefinition, programTemplate, programTemplates } from '../../../program/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.generate.program');
export type { GenerateProgramResult } from '../../../cli/results/programResults.js';

/** Reading a folder leaves out a JSON Schema. */
const schemaName = 'program-definition.schema.json';

export default class GenerateProgram extends SfCommand<GenerateProgramResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    template: Flags.option({
      options: programTemplates,
      required: true,
      char: 't',
      summary: messages.getMessage('flags.template.summary'),
      description: messages.getMessage('flags.template.description'),
    })(),
    name: Flags.custom({ parse: programName, char: 'n', summary: messages.getMessage('flags.name.summary') })(),
    'output-file': filledText({ char: 'f', summary: messages.getMessage('flags.output-file.summary') }),
    'with-schema': Flags.boolean({
      summary: messages.getMessage('flags.with-schema.summary'),
      description: messages.getMessage('flags.with-schema.description'),
      dependsOn: ['output-file'],
    }),
    'no-prompt': noPromptFlag,
  };

  public async run(): Promise<GenerateProgramResult> {
    return concludeCommand<GenerateProgramResult>(this, async (signal) => {
      const { flags } = await this.parse(GenerateProgram);
      const { template, name, 'output-file': file } = flags;
      const schema = flags['with-schema'] ? schemaName : undefined;
      const text = await programTemplate(template, { name, schema });
      const exitCode = exitCodes.done;
      if (file === undefined) {
        if (!this.jsonEnabled()) await printLines([text], signal);
        return { result: { template, status: 'printed', text }, exitCode };
      }
      const schemaFile = schema && join(dirname(file), schema);
      if (!(flags['no-prompt'] || (await mayReplace(this, file)))) {
        this.log(messages.getMessage('info.kept', [file]));
        return { result: { template, status: 'kept', file }, exitCode };
      }
      await replaceFile(file, text);
      if (schemaFile !== undefined) await replaceFile(schemaFile, await readFile(definitionSchema, 'utf8'));
      for (const each of [file, ...(schemaFile ? [schemaFile] : [])]) {
        this.logSuccess(messages.getMessage('info.written', [each]));
      }
      this.log(messages.getMessage('info.next'));
      this.log(`  ${commandLine('create program', { file })}`);
      return { result: { template, status: 'written', file, ...(schemaFile && { schemaFile }) }, exitCode };
    });
  }
}

/** @throws {SfError} for a name that a program cannot have */
async function programName(input: string): Promise<string> {
  const issue = ProgramDefinition.shape.name.safeParse(input).error?.issues[0];
  if (issue) throw messages.createError('error.name');
  return input;
}
