import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { commandLine } from '../../../base/text/commandLine.js';
import { filledText, memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { countBy } from '../../../cli/counts.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { orMissingProcess } from '../../../cli/errors/missingProcess.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import { findOut } from '../../../cli/keyedOutcome.js';
import { changeTierStatuses } from '../../../cli/results/tierResults.js';
import type { ChangeTierResult } from '../../../cli/results/tierResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { tierDates } from '../../../cli/tierLine.js';
import { changeTier } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.change.tier');
export type { ChangeTierResult } from '../../../cli/results/tierResults.js';

const statuses = { changed: 'changed', already: 'exists', none: 'unchanged' } as const;

export default class ChangeTier extends SfCommand<ChangeTierResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ required: true }),
    tier: filledText({ summary: messages.getMessage('flags.tier.summary'), required: true }),
    reason: filledText({ summary: messages.getMessage('flags.reason.summary'), required: true }),
    process: filledText({
      summary: messages.getMessage('flags.process.summary'),
      description: messages.getMessage('flags.process.description'),
      default: 'TierProcessing',
    }),
  };

  public async run(): Promise<ChangeTierResult> {
    let again = '';
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(ChangeTier)).flags,
      async ({ client, program, flags }) => {
        const { member, tier, reason, process: processName } = flags;
        const given = { member, tier, reason, process: processName, program, 'target-org': this.orgName };
        again = commandLine('change tier', given);
        const { Id: memberId, MembershipNumber: key } = await client.members.get(program, member);
        const wanted = { memberId, tier, reason, processName };
        const process = { type: 'TierProcessing', name: processName } as const;
        const changed = orMissingProcess(client, program, process, changeTier(client, program, wanted));
        const { status, ...change } = await changed;
        const record = { key, memberId, status: statuses[status], ...change };
        this.#show(record, processName);
        const result = { program, records: [record], counts: countBy([record], changeTierStatuses) };
        return { result, exitCode: status === 'none' ? exitCodes.attention : exitCodes.done };
      },
      () => findOut(again),
    );
  }

  #show(record: ChangeTierResult['records'][number], process: string): void {
    const { status, key, tierGroup } = record;
    const before = record.before ?? messages.getMessage('word.noTier');
    const after = [record.after ?? messages.getMessage('word.noTier'), ...tierDates(record)].join(', ');
    if (status === 'changed') this.logSuccess(messages.getMessage('info.changed', [key, tierGroup, before, after]));
    else if (status === 'exists') this.log(messages.getMessage('info.exists', [key, tierGroup, after]));
    else this.warn(messages.getMessage('warning.unchanged', [process, key, tierGroup, after]));
  }
}
