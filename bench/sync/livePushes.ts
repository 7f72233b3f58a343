/**
 * Pushes to one service in a process of its own, with the built library: at a quiet time one every 100 ms, and then as
 * many as it accepts. Its argument is the address of the org; it sends {@link LivePushes} to its parent.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { LoyaltyClient } from 'sf-plugin-loyalty';
import { SqliteOutbox, SyncService } from 'sf-plugin-loyalty/sync';
import type { Transaction } from 'sf-plugin-loyalty/sync';

export interface LivePushes {
  /** Milliseconds from each push to the org's answer, at a quiet time. */
  readonly quiet: readonly number[];
  /** Pushes per second that were on disk, while everything was delivered meanwhile. */
  readonly accepted: number;
}

export interface LiveTask {
  readonly url: string;
  readonly quiet: number;
  readonly many: number;
}

/** Callers of the service at the same time. */
const callers = 200;
const members = 20_000;

const { url, quiet, many } = JSON.parse(process.argv[2] ?? '') as LiveTask;
const folder = await mkdtemp(join(tmpdir(), 'loyalty-bench-'));
try {
  process.send?.(await pushed(join(folder, 'outbox.sqlite')));
} finally {
  await rm(folder, { recursive: true });
}

async function pushed(name: string): Promise<LivePushes> {
  const client = await LoyaltyClient.connect({ instanceUrl: url, clientId: 'bench', clientSecret: 'none' });
  await using outbox = await SqliteOutbox.open(name);
  const told = new Map<string, (at: number) => void>();
  const service = await SyncService.open({
    ...{ client, program: 'Harbour Rewards', outbox, source: 'till' },
    onOutcome: (outcomes) => {
      for (const { key, is } of outcomes) if (is === 'done') told.get(key)?.(performance.now());
    },
  });
  let last = 0;
  const push = async (): Promise<string> => (await service.push(sale((last += 1)))).key;
  const milliseconds: number[] = [];
  // The first request is followed by a look-up of what it brought, as in every process.
  for (let at = 0; at <= quiet; at += 1) {
    const begun = performance.now();
    const done = new Promise<number>((resolve) => told.set(`till:${last + 1}`, resolve));
    void push();
    const pause = setTimeout(100);
    const took = (await done) - begun;
    if (at > 0) milliseconds.push(took);
    await pause;
  }
  told.clear();
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let count = 0; count < many / callers; count += 1) await push();
    }),
  );
  const accepted = many / ((performance.now() - begun) / 1000);
  const { counts } = await service.drain();
  if (counts.items.done !== last) throw new Error(`Of ${last} pushes, ${counts.items.done} are done.`);
  return { quiet: milliseconds, accepted };
}

function sale(number: number): Transaction {
  return {
    key: `till:${number}`,
    member: `M${number % members}`,
    journal: { ActivityDate: '2026-04-03T08:00:00Z', JournalTypeName: 'Accrual', TransactionAmount: '12.40' },
  };
}
