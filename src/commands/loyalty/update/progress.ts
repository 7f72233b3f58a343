import '../../../cli/requireNode.js';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { carriedOutUnlessInterrupted } from '../../../cli/carriedOut.js';
import { commandLine } from '../../../base/text/commandLine.js';
import { countBy } from '../../../cli/counts.js';
import { exitCodes } from '../../../cli/errors/exitCode.js';
import type { ExitCode } from '../../../cli/errors/exitCode.js';
import { keyFlag, memberFlag, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { exitCodeAfter, findOut, outcomeOf } from '../../../cli/keyedOutcome.js';
import { orgClient } from '../../../cli/orgClient.js';
import { outboxPath } from '../../../cli/outboxPath.js';
import { chooseProgram } from '../../../cli/chooseProgram.js';
import { findCumulativePromotion } from '../../../cli/findPromotion.js';
import { onceStatuses } from '../../../cli/results/commandResults.js';
import type { UpdateProgressResult } from '../../../cli/results/commandResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { progressText } from '../../../cli/terminal/terminalText.js';
import type { LoyaltyClient } from '../../../client/index.js';
import { advanceProgress, SqliteOutbox } from '../../../sync/index.js';
import type { ProgressAdvance } from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.update.progress');
export type { UpdateProgressResult } from '../../../cli/results/commandResults.js';

type ProgressRecord = UpdateProgressResult['records'][number];
type Change = Pick<ProgressRecord, 'key' | 'status' | 'before' | 'after' | 'target' | 'error'> & {
  readonly exitCode: ExitCode;
};
const words = 'update progress';

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
    let again = '';
    return carriedOutUnlessInterrupted(
      this,
      async () => {
        const { flags } = await this.parse(UpdateProgress);
        const { 'target-org': org, key = randomUUID(), by = 0, to } = flags;
        const client = await orgClient(flags);
        const program = await chooseProgram(client, flags.program, this);
        const { Id: memberId, MembershipNumber: member } = await client.members.get(program, flags.member);
        const promotion = await findCumulativePromotion(client, program, flags.promotion);
        const keys = { memberId, promotionId: promotion.id };
        const change = to === undefined ? { by, key, outbox: flags.outbox && resolve(flags.outbox) } : { to };
        again = commandLine(words, {
          member,
          promotion: promotion.name,
          ...change,
          program,
          'target-org': this.orgName,
        });
        const path = flags.outbox ?? outboxPath(this.config.dataDir, org, program);
        const { exitCode, ...changed } =
          to === undefined
            ? await advance(client, { program, ...keys, by }, { key, member, path, again })
            : await set(client, { ...keys, to });
        const target = changed.target ?? promotion.target;
        const record = { ...changed, member, promotionId: promotion.id, promotionName: promotion.name, target };
        return { result: this.#show(program, { ...record, percent: percentOf(record) }), exitCode };
      },
      () => findOut(again),
    );
  }

  #show(program: string, record: ProgressRecord): UpdateProgressResult {
    const { member, promotionName, status, before, after, target, percent, error } = record;
    if (error) this.logToStderr(`${error.code}: ${error.message}`);
    else if (status === 'known') this.log(messages.getMessage('info.known'));
    if (after !== null) {
      this.log(
        `${promotionName}, ${member}: ${before ?? '–'} → ${after} of ${target ?? '–'}  ${progressText(percent)}`,
      );
    }
    // Setting a value (--to) can be repeated without a key.
    if (record.key !== record.promotionId) this.log(messages.getMessage('info.key', [record.key]));
    return { program, records: [record], counts: countBy([record], onceStatuses) };
  }
}

async function advance(
  client: LoyaltyClient,
  step: ProgressAdvance,
  {
    path,
    again,
    ...call
  }: { readonly key: string; readonly member: string; readonly path: string; readonly again: string },
): Promise<Change> {
  await using outbox = await SqliteOutbox.open(path);
  const result = await advanceProgress(client, step, { ...call, calls: outbox.calls });
  const values = 'answer' in result ? result.answer : { before: null, after: null, target: null };
  return { key: call.key, ...values, ...outcomeOf(result, again), exitCode: exitCodeAfter(result) };
}

/** Sets the value. Needs no key, because setting the same value twice changes nothing. */
async function set(
  client: LoyaltyClient,
  step: { memberId: string; promotionId: string; to: number },
): Promise<Change> {
  const { completed, target } = await client.progress.set(step);
  const { done: exitCode } = exitCodes;
  return { key: step.promotionId, status: 'done', before: completed, after: step.to, target, exitCode };
}

function percentOf({ after, target }: Pick<ProgressRecord, 'after' | 'target'>): number | null {
  return target && after !== null ? Math.round((after / target) * 10_000) / 100 : null;
}
