import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { askFirst, noPromptFlag } from '../../../cli/askFirst.js';
import { categoryFlag, filledText, keyFlag, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { calendarDayFlag } from '../../../cli/dayFlag.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { namedTransaction } from '../../../cli/namedTransaction.js';
import { keyedCommand } from '../../../cli/keyedCommand.js';
import type { CalledRecords, KeyedContext, KeyedFlags } from '../../../cli/keyedCommand.js';
import { changesText, showMoved } from '../../../cli/movedText.js';
import type { CancelTransactionResult } from '../../../cli/results/pointsResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { readMovedBalances } from '../../../client/index.js';
import type { LoyaltyClient, LookedUpJournal } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.cancel.transaction');
export type { CancelTransactionResult } from '../../../cli/results/pointsResults.js';

type CancelledRecord = CancelTransactionResult['records'][number];

interface CancelFlags extends KeyedFlags {
  readonly transaction: string;
  readonly reason: string;
  readonly category: string | undefined;
  readonly 'expiration-date': string | undefined;
  readonly 'no-prompt': boolean;
}

export default class CancelTransaction extends SfCommand<CancelTransactionResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    transaction: filledText({ char: 't', summary: messages.getMessage('flags.transaction.summary'), required: true }),
    reason: filledText({ summary: messages.getMessage('flags.reason.summary'), required: true }),
    category: categoryFlag,
    'expiration-date': calendarDayFlag({ summary: messages.getMessage('flags.expiration-date.summary') }),
    'no-prompt': noPromptFlag,
    key: keyFlag,
    outbox: outboxFlag,
  };

  public async run(): Promise<CancelTransactionResult> {
    return keyedCommand(this, async () => (await this.parse(CancelTransaction)).flags, {
      words: 'cancel transaction',
      call: (chosen) => this.#cancel(chosen),
      show: (record) => {
        const { type, transaction, member } = record;
        const what = type.toLowerCase();
        showMoved(this, record, {
          done: () => messages.getMessage('info.done', [what, transaction, member, movedBack(record)]),
          known: () => messages.getMessage('info.known', [what, transaction, member]),
        });
      },
    });
  }

  async #cancel(chosen: KeyedContext<CancelFlags>): Promise<CalledRecords<CancelledRecord>> {
    const { client, program, flags } = chosen;
    const { reason, category, 'expiration-date': expiryDate, 'no-prompt': noPrompt, transaction } = flags;
    const journal = await namedTransaction(client, program, transaction);
    const type = cancellableType(journal, expiryDate);
    if (!noPrompt && !(await this.#mayCancel(chosen, journal, type))) {
      this.log(messages.getMessage('info.kept'));
      return { records: [], exitCode: exitCodes.done };
    }
    const { cancelTransaction } = await import('../../../sync/index.js');
    const cancellation = { program, journalId: journal.Id, type, reason, category, expiryDate } as const;
    const member = memberOf(journal);
    const given = { transaction: journal.Id, reason, category, 'expiration-date': expiryDate, 'no-prompt': true };
    const { record, answer, exitCode } = await chosen.once(given, (options) =>
      cancelTransaction(client, cancellation, { ...options, member }),
    );
    const cancellationId = answer?.cancellationId ?? null;
    const balances = await balancesAfter(client, program, { journal, cancellationId });
    const facts = { transaction: nameOf(journal), journalId: journal.Id, member, type, cancellationId, balances };
    return { record: { ...record, ...facts }, exitCode };
  }

  /** @throws {SfError} where nobody can be asked */
  async #mayCancel(
    { client, program }: KeyedContext<CancelFlags>,
    journal: LookedUpJournal,
    type: CancelledRecord['type'],
  ): Promise<boolean> {
    const moved = this.jsonEnabled()
      ? []
      : await balancesAfter(client, program, { journal, cancellationId: journal.Id });
    const points = changesText(moved) || messages.getMessage('info.nothingMoved');
    const names = [type.toLowerCase(), nameOf(journal), memberOf(journal), points];
    return askFirst(this, messages.getMessage('prompt.cancel', names));
  }
}

/** @throws {SfError} for another type, and for a date that an accrual cannot have */
function cancellableType(journal: LookedUpJournal, expiryDate: string | undefined): CancelledRecord['type'] {
  const name = journal.JournalType?.Name ?? '';
  const type = (['Accrual', 'Redemption'] as const).find((each) => each.toLowerCase() === name.toLowerCase());
  if (!type) throw messages.createError('error.notCancellable', [nameOf(journal), name]);
  if (type === 'Accrual' && expiryDate !== undefined) throw messages.createError('error.expiryDate', [nameOf(journal)]);
  return type;
}

async function balancesAfter(
  client: LoyaltyClient,
  program: string,
  { journal, cancellationId }: { readonly journal: LookedUpJournal; readonly cancellationId: string | null },
): Promise<CancelledRecord['balances']> {
  const { MemberId: memberId } = journal;
  if (memberId === null || cancellationId === null) return [];
  return readMovedBalances(client, program, { memberId, by: { journalId: cancellationId } });
}

function movedBack({ type, balances }: CancelledRecord): string {
  const moved = changesText(balances);
  if (moved === '') return messages.getMessage('info.unseen');
  return messages.getMessage(type === 'Accrual' ? 'info.takenBack' : 'info.givenBack', [moved]);
}

/** As a person knows it. */
function nameOf({ Id, Name, ExternalTransactionNumber }: LookedUpJournal): string {
  return ExternalTransactionNumber ?? Name ?? Id;
}

function memberOf({ Member, MemberId }: LookedUpJournal): string {
  return Member?.MembershipNumber ?? MemberId ?? '–';
}
