import { seededRandom } from '../../../src/base/random.js';
import { SqliteOutbox } from '../../../src/sync/index.js';
import type { CrossedThreshold, MemberProgressOptions, StartOptions, Transaction } from '../../../src/sync/index.js';
import { openShop } from '../../support/cliOrg.js';
import type { Shop } from '../../support/cliOrg.js';
import { arrayFeed } from '../org/arrayFeed.js';

export const [cups, regular] = ['Ten cups, one free', 'Harbour regular'];

/** Pauses that a test can wait for. */
export const quick: MemberProgressOptions = {
  every: 0,
  readAgain: [1, 2],
  tellAgain: [1, 2],
  lastWait: 1000,
};

/** A local org with the example program, and an outbox. */
export class ProgressShop implements AsyncDisposable {
  outbox = SqliteOutbox.inMemory();
  #bought = 0;

  private constructor(readonly shop: Shop) {}

  static async open(options: Parameters<typeof openShop>[0] = {}): Promise<ProgressShop> {
    return new ProgressShop(await openShop(options));
  }

  /** Purchases of a member that no other call returns. */
  buys(member: string, times = 1): Transaction[] {
    return Array.from({ length: times }, () => ({
      key: `till:${++this.#bought}`,
      member,
      journal: {
        ActivityDate: '2026-04-03T08:00:00Z',
        JournalTypeName: 'Accrual',
        JournalSubTypeName: 'Purchase',
        TransactionAmount: '3.40',
      },
    }));
  }

  /** What a run needs that delivers these. */
  options(transactions: readonly Transaction[], memberProgress?: MemberProgressOptions): StartOptions {
    const { client } = this.shop;
    const feed = arrayFeed(transactions, { name: `till-${this.#bought}.csv` });
    return {
      ...{ client, program: 'Harbour Rewards', outbox: this.outbox, source: 'till', feeds: [feed] },
      random: seededRandom(1),
      memberProgress: memberProgress && { ...quick, ...memberProgress },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.outbox.close();
    await this.shop[Symbol.asyncDispose]();
  }
}

/** Returns `HR-100001 Ten cups, one free 50 %`. */
export function said({ member, promotionName, threshold, round }: CrossedThreshold): string {
  return `${member} ${promotionName} ${threshold} %${round > 1 ? `, round ${round}` : ''}`;
}
