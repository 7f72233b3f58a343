import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { counted } from '../../../base/text/counted.js';
import { namesText } from '../../../base/text/namesText.js';
import { filledText, keyFlag, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { givenInputs, memberIn, outputLines } from '../../../cli/givenInputs.js';
import { keyedCommand } from '../../../cli/keyedCommand.js';
import { namedValues } from '../../../cli/namedValueFlag.js';
import type { RunProcessResult } from '../../../cli/results/listResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import type { LoyaltyClient } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.run.process');
export type { RunProcessResult } from '../../../cli/results/listResults.js';

/** Results shown on the screen. `--json` has all of them. */
const shownResults = 20;

export default class RunProcess extends SfCommand<RunProcessResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    process: filledText({ char: 'n', summary: messages.getMessage('flags.process.summary'), required: true }),
    parameter: namedValues(messages.getMessage('flags.parameter.summary')),
    file: Flags.string({ char: 'f', summary: messages.getMessage('flags.file.summary') }),
    key: keyFlag,
    outbox: outboxFlag,
  };

  public async run(): Promise<RunProcessResult> {
    return keyedCommand(this, async () => (await this.parse(RunProcess)).flags, {
      words: 'run process',
      call: async ({ client, program, flags, once }) => {
        const { process, parameter = [], file } = flags;
        const parameters = await givenInputs(parameter, file);
        const { onceUnseen } = await import('../../../sync/index.js');
        const content = ['runProcess', program, process, parameters];
        const member = memberIn(parameters);
        const { record, answer, exitCode } = await once(
          { process, parameter: parameter.length > 0 ? null : undefined, file },
          (options) =>
            onceUnseen({ ...options, content, member }, () => client.processes.run(program, process, parameters)),
        );
        if (record.status === 'refused' || record.status === 'unclear') await failIfMissing(client, program, process);
        return { record: { ...record, process, results: answer ?? null }, exitCode };
      },
      show: ({ status, process, results }) => {
        if (status === 'known') this.log(messages.getMessage('info.known'));
        if (results === null) return;
        if (results.every((each) => Object.keys(each).length === 0)) {
          this.log(messages.getMessage('info.noOutputs', [process]));
          return;
        }
        this.log(messages.getMessage('info.done', [process]));
        for (const [index, result] of results.slice(0, shownResults).entries()) {
          if (index > 0) this.log();
          for (const line of outputLines(result)) this.log(line);
        }
        if (results.length > shownResults)
          this.log(messages.getMessage('info.more', [counted(results.length - shownResults, 'more result')]));
      },
    });
  }
}

/** Called only after a process has failed, so that a user who cannot read processes can run them. */
async function failIfMissing(client: LoyaltyClient, program: string, name: string): Promise<void> {
  const active = (await client.processes.list(program)).filter(({ Status }) => Status === 'Active');
  if (active.some(({ Name }) => Name.toLowerCase() === name.toLowerCase())) return;
  const names = namesText(active.map(({ Name }) => Name)) || messages.getMessage('info.none');
  throw messages.createError('error.unknownProcess', [program, name, names]);
}
