import { Messages } from '@salesforce/core';
import type { MemberRejection } from '../sync/index.js';
import type { EnrollMemberResult } from './results/memberResults.js';
import { countText, wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.enroll.member');

export type EnrolledRecords = EnrollMemberResult['records'];

export function rejectedRecord({ membershipNumber, line, message }: MemberRejection): EnrolledRecords[number] {
  return { key: membershipNumber ?? `line ${line}`, status: 'failed', line, error: { code: 'INVALID_ROW', message } };
}

/** Most records with problems shown on the screen. `--json` has all of them. */
const shown = 20;

/** A record of one line of a file. */
interface TroubledRecord {
  readonly key: string;
  readonly line?: number | undefined;
  readonly status: string;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
}

/** The lines that a person reads about records with errors. */
export function attentionLines(troubled: readonly TroubledRecord[]): string[] {
  if (troubled.length === 0) return [];
  const some = troubled.slice(0, shown);
  const title =
    some.length < troubled.length
      ? messages.getMessage('info.troubledShown', [some.length, countText(troubled.length)])
      : messages.getMessage('info.troubled');
  return [
    title,
    ...some.flatMap(({ key, line, status, error }) => {
      const place = line === undefined || error?.code === 'INVALID_ROW' ? '' : `, line ${line}`;
      return wrapped(`${key}${place}, ${status}: ${error?.code}: ${error?.message}`, '  ');
    }),
  ];
}
