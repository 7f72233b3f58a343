import type { TransactionJournalInput } from '../../contract/endpoints/realtimeEndpoints.js';
import { coerceValue } from '../store/values/coerceValue.js';
import { to18 } from '../store/ids/recordIds.js';
import type { GivenValues } from '../store/values/validateRow.js';
import { alternativeNamed, rank } from './interchangeableFields.js';
import type { Alternative } from './interchangeableFields.js';
import type { Member, MemberDirectory } from './memberDirectory.js';
import { missingFields } from './parseInput.js';
import { ProcessFailure } from './processFailure.js';
import type { Program } from './programDirectory.js';
import type { WriteContext } from './writeContext.js';

/** A journal as it was given: fields of the object, and names that stand for ids. */
interface Draft {
  readonly fields: Record<string, unknown>;
  readonly names: (readonly [Alternative, string])[];
  membershipNumber?: string;
  memberId?: string;
}

/** Members of the program that the drafts of one request name. */
interface KnownMembers {
  readonly byNumber: ReadonlyMap<string, Member>;
  readonly byId: ReadonlyMap<string, Member>;
}

/**
 * Turns journals as a request spells them into fields of TransactionJournal: names become ids, the program is that of
 * the path. One instance per request, which looks every name up once.
 */
export class JournalResolver {
  readonly #found = new Map<string, string>();

  readonly #writing: WriteContext;
  readonly #program: Program;
  readonly #members: MemberDirectory;

  constructor(writing: WriteContext, program: Program, members: MemberDirectory) {
    this.#writing = writing;
    this.#program = program;
    this.#members = members;
  }

  /**
   * @throws {ProcessFailure} that names the member, journal type or other record that does not exist
   * @throws {OrgRefusal} 400 REQUIRED_FIELD_MISSING for a journal without a type or member, and 400 for a bad status
   */
  resolve(given: readonly TransactionJournalInput[]): GivenValues[] {
    const drafts = given.map((journal) => this.#draft(journal));
    const numbers = drafts.map(({ membershipNumber }) => membershipNumber).filter((each) => each !== undefined);
    const ids = drafts.map(({ memberId }) => memberId).filter((each) => each !== undefined);
    const known = {
      byNumber: this.#members.byNumber(this.#program.id, new Set(numbers)),
      byId: this.#members.byId(this.#program.id, new Set(ids)),
    };
    return drafts.map((draft) => this.#fieldsOf(draft, known));
  }

  #draft(given: TransactionJournalInput): Draft {
    const type = this.#writing.store.type('TransactionJournal');
    const draft: Draft = { fields: {}, names: [] };
    for (const [key, value] of Object.entries(given)) {
      if ((value ?? '') === '') continue;
      const alternative = alternativeNamed(key);
      const name = type.field(key)?.name ?? key;
      if (key.toLowerCase() === 'membershipnumber') draft.membershipNumber = String(value);
      else if (alternative) draft.names.push([alternative, String(value)]);
      else if (name === 'MemberId') draft.memberId = to18(String(value));
      // An autonumber, yet a client of a trial org had to send it.
      else if (name !== 'Name') draft.fields[name] = value;
    }
    draft.names.sort(([a], [b]) => rank(a) - rank(b));
    return draft;
  }

  #fieldsOf(draft: Draft, known: KnownMembers): GivenValues {
    const { fields, names } = draft;
    for (const [alternative, value] of names) {
      const found = this.#lookUp(alternative, value, fields['JournalTypeId']);
      requireSame(alternative, value, fields[alternative.field] ?? found, found);
      fields[alternative.field] = found;
    }
    requireSame(
      programAlternative,
      this.#program.name,
      fields['LoyaltyProgramId'] ?? this.#program.id,
      this.#program.id,
    );
    if (fields['JournalTypeId'] === undefined) throw missingFields(['JournalTypeId']);
    this.#requireJournalType(fields['JournalTypeId']);
    if (fields['Status'] !== undefined) this.#requireStatus(fields['Status']);
    return { ...fields, LoyaltyProgramId: this.#program.id, MemberId: this.#memberId(draft, known) };
  }

  #memberId({ membershipNumber, memberId }: Draft, { byNumber, byId }: KnownMembers): string {
    const { name } = this.#program;
    if (membershipNumber === undefined && memberId === undefined) throw missingFields(['MemberId']);
    const numbered = byNumber.get(membershipNumber?.toLowerCase() ?? '');
    if (membershipNumber !== undefined && !numbered) {
      throw new ProcessFailure(`No member of ${name} has the membership number ${membershipNumber}.`);
    }
    if (memberId === undefined) return numbered?.id ?? '';
    // What is no id of a member at all is refused with the row.
    const isOfMember = this.#writing.store.model.typeOfId(memberId)?.name === 'LoyaltyProgramMember';
    if (isOfMember && !byId.has(memberId)) throw new ProcessFailure(`${name} has no member with the id ${memberId}.`);
    if (numbered && numbered.id !== memberId) {
      throw new ProcessFailure(
        `MembershipNumber ${numbered.membershipNumber} and MemberId ${memberId} are two members.`,
      );
    }
    return memberId;
  }

  #lookUp(alternative: Alternative, value: string, journalTypeId: unknown): string {
    const { object, by, take = 'Id', key } = alternative;
    const cacheKey = [key, value, object === 'JournalSubType' ? journalTypeId : ''].join('\n');
    const cached = this.#found.get(cacheKey);
    if (cached !== undefined) return cached;
    const rows = this.#writing.store.find(object, { [by]: value, ...this.#limits(alternative, journalTypeId) });
    const found = rows[0]?.[take];
    if (typeof found !== 'string') throw new ProcessFailure(`${key} ${value} does not exist.`);
    if (alternative.unique && rows.length > 1) throw new ProcessFailure(`${key} ${value} is not unique.`);
    this.#found.set(cacheKey, found);
    return found;
  }

  #limits({ object, amongActive, programField }: Alternative, journalTypeId: unknown): GivenValues {
    return {
      ...(amongActive && { IsActive: true }),
      ...(programField !== undefined && { [programField]: this.#program.id }),
      ...(object === 'JournalSubType' && journalTypeId !== undefined && { JournalTypeId: journalTypeId }),
    };
  }

  #requireJournalType(given: unknown): void {
    const { store } = this.#writing;
    const id = to18(String(given));
    if (this.#found.has(id)) return;
    const isOfType = store.model.typeOfId(id)?.name === 'JournalType';
    if (isOfType && !store.get('JournalType', id)) throw new ProcessFailure(`JournalTypeId ${id} does not exist.`);
    this.#found.set(id, id);
  }

  /** The engine decides the status itself, but a word that is none is refused like any bad value. */
  #requireStatus(status: unknown): void {
    const field = this.#writing.store.type('TransactionJournal').field('Status');
    if (field) coerceValue(status, field);
  }
}

const programAlternative = { key: 'LoyaltyProgramId', field: 'LoyaltyProgramId', object: 'LoyaltyProgram', by: 'Id' };

function requireSame({ key, field }: Alternative, value: string, given: unknown, found: string): void {
  const same = typeof given === 'string' && to18(given) === to18(found);
  if (!same) throw new ProcessFailure(`${key} ${value} and ${field} ${String(given)} are not the same.`);
}
