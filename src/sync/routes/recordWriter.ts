import type { FieldValues, LoyaltyClient } from '../../client/index.js';
import { interchangeableField } from '../../contract/interchangeableNames.js';
import { idInsteadOf } from '../../feed/index.js';
import type { OutboxItem } from '../../outbox/index.js';
import type { MemberIds } from '../memberIds.js';
import type { OrgJournals } from '../orgJournals.js';
import { JournalTypeIds } from './journalTypeIds.js';
import { otherRoute } from './otherRoute.js';
import type { FailedItem } from './route.js';

export interface WrittenRecord {
  readonly item: OutboxItem;
  readonly fields: FieldValues;
}

export interface WrittenRecords {
  readonly records: readonly WrittenRecord[];
  /** Items that cannot become records. Nothing is sent for them. */
  readonly unwritten: readonly FailedItem[];
}

export interface RecordContext {
  readonly client: LoyaltyClient;
  readonly program: string;
  readonly programId: string;
  readonly journals: OrgJournals;
  readonly memberIds: MemberIds;
}

/** Writes items as records of TransactionJournal, which have Ids where a real-time request may have names. */
export class RecordWriter {
  readonly #context: RecordContext;
  readonly #types: JournalTypeIds;

  constructor(context: RecordContext) {
    this.#context = context;
    this.#types = new JournalTypeIds(context.client.query);
  }

  /** Returns the Ids of members by their numbers, which are in lower case. Asks for those not known yet. */
  memberIdsOf(members: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
    return this.#context.memberIds.idsOf(members);
  }

  /**
   * Asks the org for Ids that are not known yet.
   * @param memberIds those of the members, if they were asked for before
   */
  async write(items: readonly OutboxItem[], memberIds?: ReadonlyMap<string, string>): Promise<WrittenRecords> {
    const { records, unwritten } = await this.draft(items, memberIds);
    const { program } = this.#context;
    const absent = records.flatMap(({ item, fields }) => {
      const message = `The program ${program} has no member ${item.member} any more.`;
      return fields['MemberId'] === null ? refusedItem(item, { code: 'UNKNOWN_MEMBER', message }) : [];
    });
    if (absent.length === 0) return { records, unwritten };
    return {
      records: records.filter(({ fields }) => fields['MemberId'] !== null),
      unwritten: [...unwritten, ...absent],
    };
  }

  /** The same, but members may be absent. Their Ids are null. */
  async draft(items: readonly OutboxItem[], known?: ReadonlyMap<string, string>): Promise<WrittenRecords> {
    const memberIds = known ?? (await this.memberIdsOf(new Set(items.map(({ member }) => member.toLowerCase()))));
    const records: WrittenRecord[] = [];
    const unwritten: FailedItem[] = [];
    for (const item of items) {
      const fields = await this.#fieldsOf(item, memberIds.get(item.member.toLowerCase()));
      if ('code' in fields) unwritten.push(refusedItem(item, fields));
      else records.push({ item, fields: fields.fields });
    }
    return { records, unwritten };
  }

  async #fieldsOf(item: OutboxItem, memberId: string | undefined): Promise<{ fields: FieldValues } | Unwritten> {
    const { programId, journals } = this.#context;
    const misfit = otherRoute(item, 'journals');
    if (misfit) return misfit;
    const fields: FieldValues = { LoyaltyProgramId: programId, MemberId: memberId ?? null };
    const journal = Object.entries(journals.toJournal(item));
    const type = journal.find(([name]) => interchangeableField(name) === 'JournalTypeId');
    for (const [name, value] of journal) {
      const field = interchangeableField(name);
      const needed = idInsteadOf(name);
      if (needed !== undefined) {
        return { code: 'NAME_NEEDS_ID', message: `A record of TransactionJournal has no ${name}, but ${needed}.` };
      }
      if (field === undefined) fields[name] = value;
      else if (field !== 'MemberId') {
        const id = await this.#types.find(field, String(value), type && String(type[1]));
        if (id === undefined) return { code: 'UNKNOWN_JOURNAL_TYPE', message: `The org has no ${name} ${value}.` };
        fields[field] = id;
      }
    }
    return { fields };
  }
}

/** Why an item cannot become a record. */
interface Unwritten {
  readonly code: string;
  readonly message: string;
}

export function refusedItem(item: OutboxItem, { code, message }: Unwritten): FailedItem {
  return { item, failure: { kind: 'refused', code, reason: message, message, nothingStored: true } };
}
