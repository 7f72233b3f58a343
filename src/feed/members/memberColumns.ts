import { nearest } from '../../base/text/nearest.js';
import type { DescribedField, DescribeResult } from '../../contract/query.js';

/** Columns of a file of members, in any case. They are the fields of the enrollment request, flattened. */
export const memberColumns = [
  'membershipNumber',
  'firstName',
  'lastName',
  'email',
  'enrollmentDate',
  'memberStatus',
  'enrollmentChannel',
  'referredBy',
  'referredByMemberReferralCode',
  'relatedCorporateMembershipNumber',
  'membershipEndDate',
  'canReceivePromotions',
  'canReceivePartnerPromotions',
  'transactionJournalStatementFrequency',
  'transactionJournalStatementMethod',
  'allowDuplicateRecords',
] as const;

/** The org's description of the two records that an enrollment makes. */
export interface MemberFields {
  /** LoyaltyProgramMember */
  readonly member: DescribeResult;
  /** Account, which has the fields of the person, too. */
  readonly account: DescribeResult;
}

/** Reads the description when a column needs it. */
export type ReadMemberFields = () => Promise<MemberFields>;

/** Where the value of a column goes: an input of the request, or a field of one of the two records. */
export interface MemberColumn {
  readonly part: 'request' | 'contact' | 'member';
  /** As the request or the org spells it. */
  readonly name: string;
  /** Undefined for an input of the request. */
  readonly described?: DescribedField;
}

/** A name that is no column of a member. */
export class MemberColumnError extends Error {
  override readonly name = 'MemberColumnError';
  /** Next steps, each a sentence. */
  readonly actions: readonly string[];

  /** @param what follows the name, as a clause */
  constructor(
    readonly column: string,
    readonly what: string,
    readonly action: string,
    readonly code: 'unknown-column' | 'ambiguous-column' = 'unknown-column',
  ) {
    super(`"${column}" ${what}.`);
    this.actions = [action];
  }
}

/** Inputs of the request, also by the names of the fields that they fill. */
const inputs = new Map<string, string>([
  ...memberColumns.map((name) => [name.toLowerCase(), name] as const),
  ['personemail', 'email'],
  ['statementfrequency', 'transactionJournalStatementFrequency'],
  ['statementmethod', 'transactionJournalStatementMethod'],
]);

/** Filled by the enrollment itself. */
const ownFields = new Set(['accountid', 'contactid', 'programid']);

/** Finds out what the columns of a file mean. Case is ignored. */
export class MemberColumns {
  readonly #read: ReadMemberFields | undefined;
  readonly #known = new Map<string, MemberColumn>();
  #fields: Promise<MemberFields> | undefined;

  /** @param readFields without it, there are only the inputs of the request */
  constructor(readFields?: ReadMemberFields) {
    this.#read = readFields;
  }

  /**
   * @param given an input of the request, or a field of the member or its person account by API name, also as
   *   `member.NAME` or `contact.NAME`
   * @throws {MemberColumnError}
   */
  async find(given: string): Promise<MemberColumn> {
    const name = given.trim().toLowerCase();
    const input = inputNamed(given);
    if (input !== undefined) return input;
    const known = this.#known.get(name) ?? fieldNamed(given.trim(), await this.#readFields(given));
    this.#known.set(name, known);
    return known;
  }

  async #readFields(given: string): Promise<MemberFields> {
    if (this.#read === undefined) throw unknown(given, memberColumns);
    return (this.#fields ??= this.#read());
  }
}

/**
 * As {@link MemberColumns.find}, where the fields are known.
 * @throws {MemberColumnError}
 */
export function memberColumn(given: string, fields: MemberFields): MemberColumn {
  return inputNamed(given) ?? fieldNamed(given.trim(), fields);
}

function inputNamed(given: string): MemberColumn | undefined {
  const name = inputs.get(given.trim().toLowerCase());
  return name === undefined ? undefined : { part: 'request', name };
}

function fieldNamed(given: string, { member, account }: MemberFields): MemberColumn {
  const [, part, name = ''] = /^(?:(member|contact|account)\.)?(.*)$/i.exec(given) ?? [];
  const isOfMember = part?.toLowerCase() === 'member';
  const ofMember = part === undefined || isOfMember ? found(member, [name]) : undefined;
  const ofPerson = isOfMember ? undefined : found(account, personNames(name));
  if (ofMember && ofPerson) throw ambiguous(given);
  if (ofMember) return { part: 'member', name: ofMember.name, described: ofMember };
  if (ofPerson) return { part: 'contact', name: ofPerson.name, described: ofPerson };
  throw unknown(given, [...memberColumns, ...writableNames(member), ...writableNames(account)]);
}

/** A field of the contact has another name in its person account, where the enrollment writes it. */
function personNames(name: string): string[] {
  return [name, `Person${name}`, name.replace(/__c$/i, '__pc')];
}

function found({ fields }: DescribeResult, names: readonly string[]): DescribedField | undefined {
  const lower = names.map((name) => name.toLowerCase());
  const own = fields.filter((field) => lower.includes(field.name.toLowerCase()) && isWritable(field));
  return own.sort((a, b) => lower.indexOf(a.name.toLowerCase()) - lower.indexOf(b.name.toLowerCase()))[0];
}

function isWritable({ name, createable }: DescribedField): boolean {
  return createable !== false && !ownFields.has(name.toLowerCase());
}

function writableNames({ fields }: DescribeResult): string[] {
  return fields.filter(isWritable).map(({ name }) => name);
}

function ambiguous(given: string): MemberColumnError {
  const what = 'is a field of the member, and of its person account, too';
  return new MemberColumnError(given, what, `Write member.${given} or contact.${given}.`, 'ambiguous-column');
}

function unknown(given: string, names: readonly string[]): MemberColumnError {
  const near = nearest(given, names);
  const what = `is not a column of members, nor a field of the member or its person account that this user may fill`;
  return new MemberColumnError(
    given,
    near === undefined ? what : `${what}; do you mean ${near}?`,
    `Use these columns: ${memberColumns.join(', ')}; or fields of the member and its person account by API name.`,
  );
}
