import { randomUUID } from 'node:crypto';
import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { explained } from '../../../cli/explain.js';
import { keyFlag, memberFlag, outboxFlag, programFlags } from '../../../cli/flags.js';
import { findMember } from '../../../cli/member.js';
import { concluded, outcomeOf } from '../../../cli/onceRecord.js';
import { outboxPath } from '../../../cli/outboxPath.js';
import { chooseProgram } from '../../../cli/program.js';
import { findCumulativePromotion } from '../../../cli/promotion.js';
import type { UpdateProgressResult } from '../../../cli/results.js';
import { progressText } from '../../../cli/text.js';
import { LoyaltyClient } from '../../../client/index.js';
import { advanceProgress, SqliteOutbox, type ProgressAdvance } from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.update.progress');
export type { UpdateProgressResult } from '../../../cli/results.js';

type ProgressRecord = UpdateProgressResult['records'][number];
type Change = Pick<ProgressRecord, 'key' | 'status' | 'before' | 'after' | 'target' | 'error'>;

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
    const { flags } = await this.parse(UpdateProgress);
    const org = flags['target-org'];
    return explained(async () => {
      const client = new LoyaltyClient(org.getConnection(flags['api-version']));
      const program = await chooseProgram(client, flags.program, this);
      const { Id: memberId, MembershipNumber: member } = await findMember(client, program, flags.member);
      const promotion = await findCumulativePromotion(client, program, flags.promotion);
      const keys = { memberId, promotionId: promotion.id };
      const change =
        flags.to === undefined
          ? await advance(
              client,
              { program, ...keys, by: flags.by ?? 0 },
              { key: flags.key, outbox: flags.outbox ?? outboxPath(this.config.dataDir, org, program) },
            )
          : await set(client, { ...keys, to: flags.to });
      const target = change.target ?? promotion.target;
      return this.show(program, {
        ...change,
        member,
        promotionId: promotion.id,
        promotionName: promotion.name,
        target,
        percent: target && change.after !== null ? Math.round((change.after / target) * 10_000) / 100 : null,
      });
    });
  }

  private show(program: string, record: ProgressRecord): UpdateProgressResult {
    const { member, promotionName, status, before, after, target, percent, error } = record;
    if (error) this.logToStderr(`${error.code}: ${error.message}`);
    else if (status === 'known') this.log(messages.getMessage('info.known'));
    if (after !== null) {
      this.log(
        `${promotionName}, ${member}: ${before ?? '–'} → ${after} of ${target ?? '–'}  ${progressText(percent)}`,
      );
    }
    // A value that is set (--to) needs no key to be repeated.
    if (record.key !== record.promotionId) this.log(messages.getMessage('info.key', [record.key]));
    return { program, records: [record], counts: concluded([record]) };
  }
}

async function advance(
  client: LoyaltyClient,
  step: ProgressAdvance,
  { key = randomUUID(), outbox: path }: { key: string | undefined; outbox: string },
): Promise<Change> {
  await using outbox = await SqliteOutbox.open(path);
  const result = await advanceProgress(client, step, { key, calls: outbox.calls });
  const values = 'answer' in result ? result.answer : { before: null, after: null, target: null };
  return { key, ...values, ...outcomeOf(result) };
}

/** The same value twice changes nothing, so that no key is needed. */
async function set(
  client: LoyaltyClient,
  step: { memberId: string; promotionId: string; to: number },
): Promise<Change> {
  const { completed, target } = await client.progress.set(step);
  return { key: step.promotionId, status: 'done', before: completed, after: step.to, target };
}
