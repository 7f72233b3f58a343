import { join } from 'node:path';
import { Emulator } from '../../src/emulator/index.js';
import { LoyaltyClient } from '../../src/index.js';
import { exampleOrg, harbourRewards } from '../../src/program/index.js';
import type { Transaction } from '../../src/sync/index.js';

export const program = harbourRewards.name;
export const credentials = { clientId: 'test', clientSecret: 'test' };
const forceApp = join(import.meta.dirname, '../../force-app');

/** A local org with the example program and its members, who have bought nothing. */
export function harbourOrg({ withForceApp = false } = {}): Promise<Emulator> {
  return Emulator.start({
    seed: (org) => exampleOrg(org, { members: 5, days: 0 }),
    ...(withForceApp && { source: forceApp }),
  });
}

export async function journalsIn({ url }: Emulator): Promise<number> {
  const client = await LoyaltyClient.connect({ instanceUrl: url, ...credentials });
  return client.query.count('SELECT COUNT() FROM TransactionJournal');
}

export function sale(number: string, amount = '12.40', member = 'HR-100001'): Transaction {
  const journal = {
    ActivityDate: '2026-04-03T08:00:00Z',
    JournalTypeName: 'Accrual',
    TransactionAmount: amount,
  };
  return { key: `till:${number}`, member, journal };
}
