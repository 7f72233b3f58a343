import { creditPointsAction } from '../../contract/actions/pointsActions.js';
import { readOpenings } from '../plan/readOpenings.js';
import type { OpeningJournal } from '../plan/readOpenings.js';
import type { PlanEntry, PlanSource } from '../plan/programPlan.js';
import type { Application } from './application.js';

type BalanceEntry = PlanEntry & { readonly source: Extract<PlanSource, { kind: 'balance' }> };

export interface OpeningTarget {
  readonly program: string;
  readonly programId: string;
  /** Id of the journal type Accrual. */
  readonly journalTypeId: string;
  /** Ids by membership number in lower case. */
  readonly members: ReadonlyMap<string, string>;
}

/**
 * Credits opening balances, each once. First it creates a journal with a key, which no process runs because it is
 * Processed from the beginning, and then it credits the points for this journal. A journal that the ledger knows is
 * done.
 *
 * A credit that was sent by a run that died may still be under way. It was sent after the journal was last written, so
 * a journal that was written lately is left alone until the org has certainly ended it. Then the ledger decides. To
 * credit such a journal, it is written again first, so that the next run can tell, too.
 */
export async function creditOpenings(
  application: Application,
  entries: readonly PlanEntry[],
  target: OpeningTarget,
): Promise<void> {
  const balances = entries.filter(
    (entry): entry is BalanceEntry => entry.source.kind === 'balance' && entry.action === 'create',
  );
  let journals = await readOpenings(
    application.client,
    balances.map(({ name: key }) => ({ key })),
  );
  if (await waitForCredits(application, journals)) {
    journals = await readOpenings(
      application.client,
      balances.map(({ name: key }) => ({ key })),
    );
  }
  for (const entry of balances) {
    const journal = journals.get(entry.name);
    if (journal?.isCredited) {
      application.done(entry, journal.id, 'existing');
      continue;
    }
    const id = await application.attempt([entry], () => written(application, { entry, journal, target }));
    await application.attempt([entry], () => credit(application, { entry, id, target }));
    application.done(entry, id);
  }
}

/** Waits until no credit of an earlier run can be under way. Returns whether there was anything to wait for. */
async function waitForCredits(
  { client, options: { clock, settle, onWait } }: Application,
  journals: ReadonlyMap<string, OpeningJournal>,
): Promise<boolean> {
  const open = [...journals.values()].filter(({ isCredited }) => !isCredited);
  const settled = Math.max(0, ...open.map(({ touched }) => touched + settle));
  // The org's times have whole seconds.
  const left = settled - (client.orgTime ?? clock.now()) + 1000;
  if (open.length === 0 || settle === 0 || left <= 0) return false;
  onWait?.(left);
  await clock.sleep(left);
  return true;
}

interface OpeningStep {
  readonly entry: BalanceEntry;
  readonly target: OpeningTarget;
}

/** Writes the journal, and returns its Id. */
async function written(
  { client }: Application,
  { entry, journal, target }: OpeningStep & { readonly journal: OpeningJournal | undefined },
): Promise<string> {
  const { collections } = client.sobjects;
  const object = 'TransactionJournal';
  if (journal) {
    await collections.update([{ object, id: journal.id, fields: { Status: 'Processed' } }]);
    return journal.id;
  }
  const { balance } = entry.source;
  const fields = {
    ActivityDate: `${balance.day}T00:00:00.000Z`,
    ExternalTransactionNumber: balance.key,
    JournalTypeId: target.journalTypeId,
    LoyaltyProgramId: target.programId,
    MemberId: memberId(entry, target),
    Status: 'Processed',
  };
  const [id = ''] = await collections.create([{ object, fields }]);
  return id;
}

async function credit({ client }: Application, { entry, id, target }: OpeningStep & { readonly id: string }) {
  const { currency, points } = entry.source.balance;
  await client.actions.run(creditPointsAction, {
    JournalId: id,
    LoyaltyProgramMemberId: memberId(entry, target),
    Points: points,
    ProgramCurrencyName: currency,
    ProgramName: target.program,
  });
}

/** @throws {RangeError} if the member was not enrolled before */
function memberId({ source }: BalanceEntry, { members }: OpeningTarget): string {
  const id = members.get(source.balance.member.toLowerCase());
  if (id === undefined) throw new RangeError(`The member ${source.balance.member} is not enrolled.`);
  return id;
}
