import type { Emulator } from '../../src/emulator/index.js';

/** A transaction that became a journal. */
export interface Committed {
  readonly key: string;
  readonly member: string;
  /** Only if the effects keep it. */
  readonly amount: string;
}

/** Returns the journals of an org in the order in which they became visible. It must be started with `effects`. */
export function committedIn(org: Emulator): Committed[] {
  const numbers = new Map(org.store.find('LoyaltyProgramMember', {}).map((row) => [row.Id, row['MembershipNumber']]));
  return [...org.effects]
    .filter(({ object, operation }) => object === 'TransactionJournal' && operation === 'insert')
    .map(({ fields }) => ({
      key: String(fields['ExternalTransactionNumber']),
      member: String(numbers.get(String(fields['MemberId']))),
      amount: String(fields['TransactionAmount']),
    }));
}
