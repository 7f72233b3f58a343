import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { isSameId } from '../../../base/sameId.js';
import { chooseCurrency } from '../../../cli/chooseCurrency.js';
import { currencyFlag, filledText, keyFlag, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { namedTransaction } from '../../../cli/namedTransaction.js';
import { keyedCommand } from '../../../cli/keyedCommand.js';
import type { KeyedContext, KeyedFlags } from '../../../cli/keyedCommand.js';
import { movedText, showMoved } from '../../../cli/movedText.js';
import { wholePointsFlag } from '../../../cli/pointsFlag.js';
import type { TransferPointsResult } from '../../../cli/results/pointsResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { withPointsWords } from '../../../cli/unclearPoints.js';
import { readMovedBalances } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.transfer.points');
export type { TransferPointsResult } from '../../../cli/results/pointsResults.js';

type TransferRecord = TransferPointsResult['records'][number];

interface TransferFlags extends KeyedFlags {
  readonly member: string;
  readonly to: string | undefined;
  readonly 'to-groups': string | undefined;
  readonly points: number | undefined;
  readonly currency: string | undefined;
  readonly note: string | undefined;
}

type Chosen = KeyedContext<TransferFlags>;

export default class TransferPoints extends SfCommand<TransferPointsResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: filledText({ char: 'm', summary: messages.getMessage('flags.member.summary'), required: true }),
    to: filledText({
      summary: messages.getMessage('flags.to.summary'),
      exactlyOne: ['to', 'to-groups'],
      dependsOn: ['points'],
    }),
    'to-groups': filledText({
      summary: messages.getMessage('flags.to-groups.summary'),
      exclusive: ['points', 'currency', 'note'],
    }),
    points: wholePointsFlag({ summary: messages.getMessage('flags.points.summary') }),
    currency: currencyFlag,
    note: filledText({ summary: messages.getMessage('flags.note.summary') }),
    key: keyFlag,
    outbox: outboxFlag,
  };

  public async run(): Promise<TransferPointsResult> {
    return keyedCommand(this, async () => (await this.parse(TransferPoints)).flags, {
      words: 'transfer points',
      call: (chosen) => (chosen.flags.to === undefined ? toGroups(chosen) : toMember(chosen, chosen.flags.to)),
      show: (record) => {
        const { member, to, points, balances } = record;
        const moved = () => movedText(points ?? 0, balances);
        showMoved(this, record, {
          done: () =>
            to === null
              ? messages.getMessage('info.groups', [moved(), member])
              : messages.getMessage('info.done', [moved(), member, to]),
          known: () => messages.getMessage(to === null ? 'info.knownGroups' : 'info.known', [member]),
        });
      },
    });
  }
}

async function toMember({ client, program, flags, once }: Chosen, wanted: string) {
  const { points = 0, note } = flags;
  const { Id: sourceId, MembershipNumber: member } = await client.members.get(program, flags.member);
  const { Id: targetId, MembershipNumber: to } = await client.members.get(program, wanted);
  const { Id: id, Name: name } = await chooseCurrency(client, program, flags.currency);
  const { transferPoints } = await import('../../../sync/index.js');
  const transfer = { program, currency: { id, name }, points, sourceId, targetId, note };
  const { record, answer, exitCode } = await once({ member, to, points, currency: name, note }, (options) =>
    transferPoints(client, transfer, { ...options, member }),
  );
  const journalId = answer?.journalId ?? null;
  const balances =
    journalId === null ? [] : await readMovedBalances(client, program, { memberId: sourceId, by: { journalId } });
  const transferred: TransferRecord = { ...withPointsWords(record), member, to, points, journalId, balances };
  return { record: transferred, exitCode };
}

async function toGroups({ client, program, flags, once }: Chosen) {
  const { Id: memberId, MembershipNumber: member } = await client.members.get(program, flags.member);
  const accrual = await namedTransaction(client, program, flags['to-groups'] ?? '');
  const { Id: journalId, MemberId } = accrual;
  if (!isSameId(memberId, MemberId)) throw messages.createError('error.otherMember', [flags['to-groups'], member]);
  const { transferToGroups } = await import('../../../sync/index.js');
  const { record, exitCode } = await once({ member, 'to-groups': journalId }, (options) =>
    transferToGroups(client, { program, memberId, journalId }, { ...options, member }),
  );
  const isMoved = record.status === 'done' || record.status === 'known';
  const by = { relatedJournalId: journalId };
  const balances = isMoved ? await readMovedBalances(client, program, { memberId, by }) : [];
  const shared: TransferRecord = { ...withPointsWords(record), member, to: null, points: null, journalId, balances };
  return { record: shared, exitCode };
}
