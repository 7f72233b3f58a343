import { Messages } from '@salesforce/core';
import { EnrollmentChannel } from '../client/index.js';
import type { AdvocateToBe } from '../client/index.js';
import type { RowValues } from './rowsWork.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.enroll.advocate');

interface AdvocateFlags {
  readonly member: string | undefined;
  readonly contact: string | undefined;
  readonly 'first-name': string | undefined;
  readonly 'last-name': string | undefined;
  readonly email: string | undefined;
  readonly status: string;
  readonly channel: string | undefined;
}

/** Whom the flags name, or a line of the file, for which the flags say what it leaves open. */
export function advocateValues(values: RowValues, flags: AdvocateFlags): Omit<AdvocateToBe, 'promotion'> {
  const { firstName = flags['first-name'], lastName = flags['last-name'], email = flags.email } = values;
  const isPerson = firstName !== undefined && lastName !== undefined && email !== undefined;
  return {
    membershipNumber: values['membershipNumber'] ?? flags.member,
    contactId: values['contactId'] ?? flags.contact,
    person: isPerson ? { firstName, lastName, email } : undefined,
    memberStatus: values['memberStatus'] ?? flags.status,
    enrollmentChannel: EnrollmentChannel.safeParse(values['enrollmentChannel'] ?? flags.channel).data,
  };
}

/** Why a line names nobody, as a sentence. */
export function advocateProblem(values: RowValues): string | undefined {
  const { membershipNumber, contactId, enrollmentChannel: channel } = values;
  const missing = ['firstName', 'lastName', 'email'].filter((name) => values[name] === undefined);
  if (missing.length === 3 && membershipNumber === undefined && contactId === undefined) {
    return messages.getMessage('problem.nobody');
  }
  if (missing.length === 1 || missing.length === 2) return messages.getMessage('problem.person', [missing.join(', ')]);
  if (missing.length === 0 && contactId !== undefined) return messages.getMessage('problem.both');
  if (channel === undefined || EnrollmentChannel.safeParse(channel).success) return undefined;
  return messages.getMessage('problem.channel', [channel]);
}
