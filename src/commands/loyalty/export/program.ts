import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { replaceFile } from '../../../base/files/replaceFile.js';
import { counted } from '../../../base/text/counted.js';
import { shortText } from '../../../base/text/shortText.js';
import { mayReplace, noPromptFlag } from '../../../cli/askFirst.js';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { printLines } from '../../../cli/generatedFile.js';
import { inProgram } from '../../../cli/inProgram.js';
import type { ExportProgramResult } from '../../../cli/results/exportResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { exportProgram, writeDefinition } from '../../../program/index.js';
import type { NotExported, ProgramDefinition } from '../../../program/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.export.program');
export type { ExportProgramResult } from '../../../cli/results/exportResults.js';

export default class ExportProgram extends SfCommand<ExportProgramResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    'output-file': filledText({ char: 'f', summary: messages.getMessage('flags.output-file.summary') }),
    members: Flags.boolean({ summary: messages.getMessage('flags.members.summary') }),
    'no-prompt': noPromptFlag,
  };

  public async run(): Promise<ExportProgramResult> {
    return inProgram(
      this,
      async () => (await this.parse(ExportProgram)).flags,
      async ({ client, program, flags, signal }) => {
        const { 'output-file': file, members } = flags;
        const { definition, notExported } = await exportProgram(client, program, { members });
        const counts = { members: definition.members.length, notExported: notExported.length };
        const text = textFor(file, definition);
        if (file === undefined && !this.jsonEnabled()) await printLines([text], signal);
        const status = file === undefined ? 'printed' : await this.#write(file, text, flags['no-prompt']);
        if (status === 'written')
          this.logSuccess(messages.getMessage('info.written', [shortText(program), file ?? '']));
        this.#showLeftOut(notExported);
        const result: ExportProgramResult = {
          program,
          status,
          file: file ?? null,
          definition,
          notExported: [...notExported],
          counts,
        };
        return { result, exitCode: notExported.length > 0 ? exitCodes.attention : exitCodes.done };
      },
    );
  }

  /** @throws {SfError} where nobody can be asked whether to replace a file */
  async #write(file: string, text: string, unasked: boolean): Promise<'written' | 'kept'> {
    if (!unasked && !(await mayReplace(this, file))) {
      this.log(messages.getMessage('info.kept', [file]));
      return 'kept';
    }
    await replaceFile(file, text);
    return 'written';
  }

  #showLeftOut(notExported: readonly NotExported[]): void {
    if (notExported.length === 0) return;
    this.logToStderr(messages.getMessage('info.notExported', [counted(notExported.length, 'thing')]));
    for (const { object, name, field, value, reason } of notExported) {
      const what = field === undefined ? '' : `, ${field} ${String(value)}`;
      this.logToStderr(`  ${object} "${shortText(name)}"${what}: ${reason}`);
    }
  }
}

function textFor(file: string | undefined, definition: ProgramDefinition): string {
  return writeDefinition(definition, /\.json$/i.test(file ?? '') ? 'json' : 'yaml');
}
