import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { keyFlag, memberFlag, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import type { ExitCode } from '../../../cli/errors/exitCodes.js';
import { findCumulativePromotion } from '../../../cli/findPromotion.js';
import type { CumulativePromotion } from '../../../cli/findPromotion.js';
import { keyedCommand } from '../../../cli/keyedCommand.js';
import type { KeyedContext, KeyedFlags } from '../../../cli/keyedCommand.js';
import type { UpdateProgressResult } from '../../../cli/results/progressResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { countText, progressText } from '../../../cli/terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.update.progress');
export type { UpdateProgressResult } from '../../../cli/results/progressResults.js';

type ProgressRecord = UpdateProgressResult['records'][number];
type Change = Pick<ProgressRecord, 'key' | 'status' | 'before' | 'after' | 'target' | 'error'> & {
  readonly exitCode: ExitCode;
};

interface ProgressFlags extends KeyedFlags {
  readonly by: number | undefined;
  readonly to: number | undefined;
}

interface Target {
  readonly memberId: string;
  readonly member: string;
  readonly promotion: CumulativePromotion;
}

export default class UpdateProgress extends SfCommand<UpdateProgressResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ required: true }),
    promotion: Flags.string({ summary: messages.getMessage('flags.promotion.summary'), required: true }),
    by: Flags.integer({ summary: messages.getMessage('flags.by.summary'), exactlyOne: ['by', 'to'] }),
    to: Flags.integer({ summary: messages.getMessage('flags.to.summary'), min: 0, exclusive: ['key', 'outbox'] }),
    key: keyFlag,
    outbox: outboxFlag,
  };

  public async run(): Promise<UpdateProgressResult> {
    return keyedCommand(this, async () => (await this.parse(UpdateProgress)).flags, {
      words: 'update progress',
      call: async (chosen) => {
        const { client, program, flags } = chosen;
        const { Id: memberId, MembershipNumber: member } = await client.members.get(program, flags.member);
        const promotion = await findCumulativePromotion(client, program, flags.promotion);
        const { exitCode, ...changed } = await this.#change(chosen, { memberId, member, promotion });
        const target = changed.target ?? promotion.target;
        const record = { ...changed, member, promotionId: promotion.id, promotionName: promotion.name, target };
        return { record: { ...record, percent: percentOf(record) }, exitCode };
      },
      show: ({ status, error, member, promotionName, before, after, target, percent }) => {
        if (status === 'known' && !error) this.log(messages.getMessage('info.known'));
        if (after === null) return;
        const values = `${countText(before)} → ${countText(after)} of ${countText(target)}`;
        this.log(`${promotionName}, ${member}: ${values}  ${progressText(percent)}`);
      },
    });
  }

  /** An increment is made once for its key. The same value set twice changes nothing, so that it needs none. */
  async #change(
    { client, program, flags, once, repeatable }: KeyedContext<ProgressFlags>,
    { memberId, member, promotion }: Target,
  ): Promise<Change> {
    const { by = 0, to } = flags;
    const promotionId = promotion.id;
    const given = { member, promotion: promotion.name };
    if (to !== undefined) {
      repeatable({ ...given, to });
      const { completed, target } = await client.progress.set({ memberId, promotionId, to });
      const { done: exitCode } = exitCodes;
      return { key: promotionId, status: 'done', before: completed, after: to, target, exitCode };
    }
    const { advanceProgress } = await import('../../../sync/index.js');
    const step = { program, memberId, promotionId, by };
    const { record, answer, exitCode } = await once({ ...given, by }, (options) =>
      advanceProgress(client, step, { ...options, member }),
    );
    return { ...record, ...(answer ?? { before: null, after: null, target: null }), exitCode };
  }
}

function percentOf({ after, target }: Pick<ProgressRecord, 'after' | 'target'>): number | null {
  return target && after !== null ? Math.round((after / target) * 10_000) / 100 : null;
}
