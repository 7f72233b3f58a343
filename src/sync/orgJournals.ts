import { isSameId, shortId } from '../base/sameId.js';
import type { JournalRow, LoyaltyClient } from '../client/index.js';
import type { RealtimeResponse, TransactionJournalInput } from '../contract/endpoints/realtimeEndpoints.js';
import type { BareItem, OutboxItem } from '../outbox/index.js';
import { externalTransactionNumber } from '../transaction.js';
import { differingFields } from './contentShape.js';
import type { FoundJournals } from './judgeFound.js';
import { correctedJournal } from './correctedJournal.js';
import type { JournalFields, CorrectedJournal } from './correctedJournal.js';
import type { SharedSending } from './relay/sharedSending.js';
import { PresentMembers } from './presentMembers.js';
import type { OrgFacts } from './preflight.js';

/** Writes transactions as journals into a program of one org, and finds them again. */
export class OrgJournals {
  readonly #client: LoyaltyClient;
  readonly #facts: OrgFacts;
  readonly #members: PresentMembers;
  readonly #sending: SharedSending | undefined;
  /** Content fields that this org changes when it stores a journal. */
  readonly #changed: Set<string>;

  /** @param sending sends new journals, if other machines may send some of them */
  constructor(client: LoyaltyClient, facts: OrgFacts, sending?: SharedSending) {
    this.#client = client;
    this.#facts = facts;
    this.#sending = sending;
    this.#changed = new Set(facts.changedFields);
    this.#members = new PresentMembers(client, facts.program);
  }

  /** True if the org refuses a second journal of a key. */
  get hasUniqueField(): boolean {
    return this.#facts.uniqueField !== undefined;
  }

  /** Tells whether an Id can be that of a journal, as far as the key prefix is known. */
  isJournalId(id: string): boolean {
    const { keyPrefix } = this.#facts.describe;
    return !keyPrefix || (id.startsWith(keyPrefix) && /^[a-z\d]{15}(?:[a-z\d]{3})?$/i.test(id));
  }

  /** Stops comparing these fields. */
  leaveOut(fields: readonly string[]): void {
    for (const field of fields) this.#changed.add(field);
  }

  execute(items: readonly OutboxItem[]): Promise<RealtimeResponse> {
    const journals = items.map((item) => this.toJournal(item));
    return this.#sending?.execute(journals) ?? this.#client.journals.execute(this.#facts.program, journals);
  }

  /** Runs journals that the org holds but has not run. */
  executeExisting(ids: readonly string[]): Promise<RealtimeResponse> {
    return this.#client.journals.execute(
      this.#facts.program,
      ids.map((Id) => ({ Id })),
    );
  }

  /**
   * Returns what the org has of these items, by the item's position in the outbox. Items that it does not have are left
   * out.
   */
  async lookUp(items: readonly OutboxItem[]): Promise<Map<number, FoundJournals>> {
    const rows = await this.#rowsOf(items);
    const strangers = items.filter((item) => rows.get(item.seq)?.some((row) => !namesMember(row, item.member)));
    const present = await this.#members.idsOf(strangers.map(({ member }) => member));
    return new Map(
      items.flatMap((item) => {
        const journals = rows.get(item.seq);
        if (!journals) return [];
        const differences = (journal: JournalRow): string[] => {
          const isMember = namesMember(journal, item.member) || isOf(journal, present.get(item.member.toLowerCase()));
          return [
            ...(isMember ? [] : ['member']),
            ...differingFields(item, journal, this.#facts.content).filter((field) => !this.#changed.has(field)),
          ];
        };
        return [[item.seq, { journals, differences }] as const];
      }),
    );
  }

  /**
   * Returns the Id of a journal for each of these items, whatever its content, by the item's position in the outbox.
   */
  async idsOf(items: readonly OutboxItem[]): Promise<Map<number, string>> {
    const rows = await this.#rowsOf(items);
    return new Map([...rows].flatMap(([seq, [row]]) => (row ? [[seq, row.Id] as const] : [])));
  }

  /** Returns the fields that make a failed journal say the same as the item. */
  mended(item: OutboxItem): Promise<CorrectedJournal> {
    return correctedJournal(this.#client, this.#facts.program, item);
  }

  /** Gives a journal in the org new content, and makes it Pending. */
  mend(journalId: string, fields: JournalFields): Promise<void> {
    return this.#client.sobjects.update('TransactionJournal', journalId, fields);
  }

  /** Returns what is sent for an item. */
  toJournal(item: OutboxItem): TransactionJournalInput {
    const { uniqueField } = this.#facts;
    return {
      Status: 'Pending',
      ...item.journal,
      MembershipNumber: item.member,
      ExternalTransactionNumber: this.numberOf(item),
      ...(uniqueField && { [uniqueField.name]: this.#uniqueValueOf(item, uniqueField.length) }),
    } as TransactionJournalInput;
  }

  async #rowsOf(items: readonly OutboxItem[]): Promise<Map<number, JournalRow[]>> {
    const byNumber = Map.groupBy(items, (item) => this.numberOf(item));
    const { paths } = this.#facts.content;
    const rows = await this.#client.journals.findByExternalNumbers(byNumber.keys(), paths);
    const found = new Map<number, JournalRow[]>();
    for (const row of rows) {
      if (!this.#isOurs(row)) continue;
      for (const { seq } of byNumber.get(row.ExternalTransactionNumber) ?? []) {
        found.set(seq, [...(found.get(seq) ?? []), row]);
      }
    }
    return found;
  }

  /** Returns the number by which the org has an item. */
  numberOf(item: BareItem): string {
    return externalTransactionNumber(item.key, this.#facts.numberLength);
  }

  /** Returns the value of the unique field. It begins with the program, because the field is unique across the org. */
  #uniqueValueOf(item: OutboxItem, length: number): string {
    return externalTransactionNumber(`${shortId(this.#facts.programId)}:${this.numberOf(item)}`, length);
  }

  /** Tells whether the journal belongs to this program. Another program of the org may use the same numbers. */
  #isOurs({ LoyaltyProgramId }: JournalRow): boolean {
    return LoyaltyProgramId === null || isSameId(LoyaltyProgramId, this.#facts.programId);
  }
}

/** Tells whether the org shows the journal under this membership number. */
export function namesMember({ Member }: JournalRow, member: string): boolean {
  return Member?.MembershipNumber?.toLowerCase() === member.toLowerCase();
}

function isOf({ MemberId }: JournalRow, id: string | undefined): boolean {
  return MemberId !== null && isSameId(MemberId, id);
}
