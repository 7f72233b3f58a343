import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { filledText, keyFlag, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { fittedInputs, givenInputs, memberIn, outputLines } from '../../../cli/givenInputs.js';
import { keyedCommand } from '../../../cli/keyedCommand.js';
import { namedValues } from '../../../cli/namedValueFlag.js';
import type { RunActionResult } from '../../../cli/results/listResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.run.action');
export type { RunActionResult } from '../../../cli/results/listResults.js';

export default class RunAction extends SfCommand<RunActionResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    action: filledText({ char: 'n', summary: messages.getMessage('flags.action.summary'), required: true }),
    input: namedValues(messages.getMessage('flags.input.summary')),
    file: Flags.string({ char: 'f', summary: messages.getMessage('flags.file.summary') }),
    key: keyFlag,
    outbox: outboxFlag,
  };

  public async run(): Promise<RunActionResult> {
    return keyedCommand(this, async () => (await this.parse(RunAction)).flags, {
      words: 'run action',
      call: async ({ client, flags, once }) => {
        const { action: name, input = [], file } = flags;
        const given = await givenInputs(input, file);
        const action = await client.actions.find(name);
        if (!action) throw messages.createError('error.unknownAction', [name]);
        const inputs = fittedInputs(action, given);
        const { onceUnseen } = await import('../../../sync/index.js');
        const content = ['runAction', action.name, inputs];
        const member = memberIn(inputs);
        const { record, answer, exitCode } = await once(
          { action: name, input: input.length > 0 ? null : undefined, file },
          (options) => onceUnseen({ ...options, content, member }, () => client.actions.runNamed(action, inputs)),
        );
        return { record: { ...record, action: action.name, outputs: answer ?? null }, exitCode };
      },
      show: ({ status, action, outputs }) => {
        if (status === 'known') this.log(messages.getMessage('info.known'));
        if (outputs === null) return;
        const lines = outputLines(outputs);
        this.log(messages.getMessage(lines.length > 0 ? 'info.done' : 'info.noOutputs', [action]));
        for (const line of lines) this.log(line);
      },
    });
  }
}
