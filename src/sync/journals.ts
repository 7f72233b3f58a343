import type { JournalRow, LoyaltyClient } from '../client/index.js';
import type { JournalResult, RealtimeResponse, TransactionJournalInput } from '../contract/realtime.js';
import type { Outcome, OutboxItem } from '../outbox/index.js';
import { externalTransactionNumber } from '../transaction.js';
import type { OrgFacts } from './preflight.js';

/** How transactions are written into a program of one org, and found again. */
export class Journals {
  public constructor(
    private readonly client: LoyaltyClient,
    private readonly facts: OrgFacts,
  ) {}

  public execute(items: readonly OutboxItem[]): Promise<RealtimeResponse> {
    return this.client.journals.execute(
      this.facts.program,
      items.map((item) => this.toJournal(item)),
    );
  }

  /** Runs journals that the org holds, but has not run. */
  public executeExisting(ids: readonly string[]): Promise<RealtimeResponse> {
    return this.client.journals.execute(
      this.facts.program,
      ids.map((Id) => ({ Id })),
    );
  }

  /**
   * The journals of these items that are in the org, by the item's position in the outbox. Of several with the same
   * number the one that has come furthest counts, in whatever order the org names them.
   */
  public async lookUp(items: readonly OutboxItem[]): Promise<Map<number, JournalRow>> {
    const byNumber = new Map(items.map((item) => [this.numberOf(item), item]));
    const found = new Map<number, JournalRow>();
    for (const journal of await this.client.journals.findByExternalNumbers(byNumber.keys())) {
      const item = byNumber.get(journal.ExternalTransactionNumber);
      if (!item || !this.isOurs(journal)) continue;
      const other = found.get(item.seq);
      if (!other || stage(journal) > stage(other)) found.set(item.seq, journal);
    }
    return found;
  }

  private toJournal(item: OutboxItem): TransactionJournalInput {
    return {
      Status: 'Pending',
      ...item.journal,
      MembershipNumber: item.member,
      ExternalTransactionNumber: this.numberOf(item),
    } as TransactionJournalInput;
  }

  private numberOf(item: OutboxItem): string {
    return externalTransactionNumber(item.key, this.facts.numberLength);
  }

  /** Another program of the org may use the same numbers for transactions of its own. */
  private isOurs({ LoyaltyProgramId }: JournalRow): boolean {
    return LoyaltyProgramId === null || LoyaltyProgramId.slice(0, 15) === this.facts.programId.slice(0, 15);
  }
}

/**
 * What a successful answer settles: everything. The order of its results proves nothing: a journal's id is taken from
 * the result that names its member, and is left open where none or several do.
 */
export function settledBy(answer: RealtimeResponse, items: readonly OutboxItem[]): Outcome[] {
  const ids = idsByMember(answer.processResult?.transactionJournalResult ?? []);
  return items.map((item) => ({ item, to: 'done', journalId: ids.get(item.member.toLowerCase()) }));
}

/** What failed may have been sent again, and what waits may have been run under another Id. */
function stage({ Status }: JournalRow): number {
  if (Status === 'Error') return 0;
  return Status === 'Pending' ? 1 : 2;
}

function idsByMember(results: readonly JournalResult[]): Map<string, string | undefined> {
  const ids = new Map<string, string | undefined>();
  for (const { id, changeInMemberPoints } of results) {
    // The answer spells a member as the org does, which a feed need not.
    const members = new Set((changeInMemberPoints ?? []).map((change) => change.memberShipNumber.toLowerCase()));
    for (const member of members) {
      ids.set(member, ids.has(member) || members.size > 1 ? undefined : (id ?? undefined));
    }
  }
  return ids;
}

/** What a look-up says of an item; undefined for a journal that the org holds but has not run, and for none. */
export function foundOutcome(item: OutboxItem, journal: JournalRow | undefined): Outcome | undefined {
  if (!journal || journal.Status === 'Pending') return undefined;
  if (journal.Status !== 'Error') return { item, to: 'done', journalId: journal.Id };
  const message = journal.ErrorDescription ?? `The org could not process journal ${journal.Id} and gave no reason.`;
  return { item, to: 'refused', code: 'JOURNAL_ERROR', message };
}
