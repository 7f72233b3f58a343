import type { DefinedMember } from '../definition/partyShapes.js';
import { externalTransactionNumber } from '../../transaction.js';

/** Length of the key that fits every org. It is the same in all of them, so that a balance has one key for good. */
const keyLength = 40;

/** Points that a member begins with in one currency. */
export interface OpeningBalance {
  readonly member: string;
  readonly currency: string;
  readonly points: number;
  /** `yyyy-MM-dd`: the enrollment. Expiry counts from it. */
  readonly day: string;
  /** `ExternalTransactionNumber` of the journal that the points are credited for. */
  readonly key: string;
}

/** Returns the opening balances of members, each with a key of its own. */
export function openingBalancesOf(program: string, members: readonly DefinedMember[]): OpeningBalance[] {
  return members.flatMap(({ number, enrollmentDate, openingBalances }) =>
    Object.entries(openingBalances).map(([currency, points]) => {
      const key = openingKey([program, number, currency]);
      return { member: number, currency, points, day: enrollmentDate, key };
    }),
  );
}

/** Names are the same in any case, so keys are, too. Separators within a name are escaped. */
function openingKey(names: readonly string[]): string {
  const parts = names.map((name) => name.toLowerCase().replace(/[%:]/g, encodeURIComponent));
  return externalTransactionNumber(['opening', ...parts].join(':'), keyLength);
}
