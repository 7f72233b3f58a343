import { expect } from 'chai';
import { Cli, errorOf } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { openShop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';

describe('loyalty sync, three times at once on one outbox', () => {
  it('is carried out once: the others end with 69, name the first, and send nothing', async () => {
    await using shop = await openShop({ members: 6 });
    await using cli = await Cli.create();
    const feed = await cli.file('till.csv', feedOf(cups(shop.members)));
    const othersEnded = Promise.withResolvers<undefined>();
    await using relay = await Relay.open(shop.org, {
      before: ({ isJournals }) => isJournals && othersEnded.promise,
    });
    const args = ['-f', feed, '-m', harbourMap, '--outbox', cli.path('till.sqlite'), '--batch-size', '2', '--json'];
    const workers = [1, 2, 3].map(() => cli.start('sync start', args, { org: relay }));
    const refused: Ended[] = [];
    const all = workers.map(async ({ pid, ended }) => {
      const end = await ended;
      if (end.code !== 0 && refused.push(end) === 2) othersEnded.resolve(undefined);
      return { pid, ...end };
    });

    const done = (await Promise.all(all)).filter(({ code }) => code === 0);
    expect(done).to.have.lengthOf(1);
    expect(reportOf(done[0]!).counts.items).to.include({ new: 6, done: 6, sentNow: 6 });
    for (const end of refused) {
      expect(end.code, end.stdout + end.stderr).to.equal(69);
      expect(errorOf(end)).to.include({ name: 'OutboxBusyError' });
      expect(errorOf(end).message).to.include(`process ${done[0]!.pid}`);
    }
    expect(shop.org.store.count('TransactionJournal')).to.equal(6);
  }).timeout(120_000);
});
