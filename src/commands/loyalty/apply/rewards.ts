import '../../../cli/requireNode.js';
import { resolve } from 'node:path';
import { Messages } from '@salesforce/core';
import { filledText, keyFlag, memberFlag, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { keyedCommand } from '../../../cli/keyedCommand.js';
import type { KeyedContext, KeyedFlags } from '../../../cli/keyedCommand.js';
import { readOrder } from '../../../cli/orderFile.js';
import { rewardedJournalRecord, rewardedLines } from '../../../cli/rewardedOrder.js';
import type { ApplyRewardsResult } from '../../../cli/results/cartResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { readMovedBalances } from '../../../client/index.js';
import type { RewardedJournal } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.apply.rewards');
const shared = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.carts');
export type { ApplyRewardsResult } from '../../../cli/results/cartResults.js';

interface RewardsFlags extends KeyedFlags {
  readonly file: string;
  readonly member: string | undefined;
}

export default class ApplyRewards extends SfCommand<ApplyRewardsResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    file: filledText({ char: 'f', summary: shared.getMessage('flags.order.summary'), required: true }),
    member: memberFlag({ summary: shared.getMessage('flags.member.summary'), description: '' }),
    key: keyFlag,
    outbox: outboxFlag,
  };

  public async run(): Promise<ApplyRewardsResult> {
    return keyedCommand(this, async () => (await this.parse(ApplyRewards)).flags, {
      words: 'apply rewards',
      call: (chosen) => this.#apply(chosen),
      show: (record, program) => {
        for (const line of rewardedLines(record, program)) this.log(line);
      },
    });
  }

  async #apply({ client, program, flags, once }: KeyedContext<RewardsFlags>) {
    const { file, member: named } = flags;
    const { member: wanted, journals: given, checksCoupons } = await readOrder(file, named);
    const { Id: memberId, MembershipNumber: member } = await client.members.get(program, wanted);
    const journals = named === undefined ? given : given.map((journal) => ofMember(journal, memberId));
    const { applyRewardsOnce, journalNumber } = await import('../../../sync/index.js');
    const order = { program, member, journals, checksCoupons };
    const { record, answer, exitCode } = await once({ file: resolve(file), member: named }, (options) =>
      applyRewardsOnce(client, order, options),
    );
    const by = { externalTransactionNumber: await journalNumber(client, record.key) };
    const balances = answer ? await readMovedBalances(client, program, { memberId, by }) : [];
    const { journalIds = [], rewards = null } = answer ?? {};
    const told = { journalIds: [...journalIds], rewards: rewards && rewards.map(rewardedJournalRecord), balances };
    return { record: { ...record, member, ...told }, exitCode };
  }
}

function ofMember({ MembershipNumber: _, ...journal }: RewardedJournal, memberId: string): RewardedJournal {
  return { ...journal, MemberId: memberId };
}
