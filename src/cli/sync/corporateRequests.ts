import { Messages } from '@salesforce/core';
import type { CorporateEnrollmentRequest } from '../../client/index.js';
import * as sync from '../../sync/index.js';
import type { NamedValue } from '../namedValueFlag.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.enroll.corporate');

interface CorporateFlags {
  readonly member?: string | undefined;
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly website?: string | undefined;
  readonly 'referred-by'?: string | undefined;
  readonly field?: readonly NamedValue[] | undefined;
  readonly file?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly 'allow-duplicates'?: boolean;
  readonly status: string;
  readonly channel?: string | undefined;
  readonly 'enrollment-date'?: string | undefined;
  readonly journals?: boolean;
}

type Told = Pick<Parameters<typeof sync.readCorporateMembers>[1], 'onLine' | 'onRejection'>;

/** What to enroll: one company from flags, or those of a file. @throws {InvalidMemberError | SfError} */
export function corporateRequests(
  flags: CorporateFlags,
  told: Told,
): AsyncIterable<CorporateEnrollmentRequest> | readonly CorporateEnrollmentRequest[] {
  const { file, delimiter } = flags;
  const defaults = {
    memberStatus: flags.status,
    enrollmentChannel: flags.channel,
    enrollmentDate: flags['enrollment-date'],
    createTransactionJournals: flags.journals || undefined,
    allowDuplicateRecords: flags['allow-duplicates'],
  };
  if (file !== undefined) return sync.readCorporateMembers(file, { ...told, defaults, delimiter });
  const { member: membershipNumber, name, phone, website, 'referred-by': referredBy } = flags;
  const values = { membershipNumber, name, phone, website, referredBy, ...ownFields(flags.field ?? []) };
  return [sync.toCorporateRequest(values, defaults)];
}

/** A name without a part is a field of the account. @throws {SfError} for a field that is given twice */
function ownFields(fields: readonly NamedValue[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [given, text] of fields) {
    const [, part = 'account', name = ''] = /^(?:(account|member)\.)?(.*)$/i.exec(given) ?? [];
    const field = `${part.toLowerCase()}.${name}`;
    if (Object.hasOwn(found, field)) throw messages.createError('error.fieldTwice', [given]);
    found[field] = text;
  }
  return found;
}
