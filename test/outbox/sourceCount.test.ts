import { expect } from 'chai';
import { SqliteOutbox } from '../../src/outbox/index.js';
import type { Outcome, OutboxItem } from '../../src/outbox/index.js';
import { purchase } from '../sync/org/arrayFeed.js';
import { done, filled, packed } from './outboxFixture.js';

const countedAt = 1_000_000;

describe('the count of the journals of a source', () => {
  for (const [what, id, createdAt, brought] of [
    ['before the count began, it is in the count', '0lV1', countedAt - 1000, 0],
    ['in the second in which the count began, and it was counted, it is in the count', '0lV1', countedAt, 0],
    ['in that second after the count, it is added', '0lV2', countedAt, 1],
    ['later, it is added', '0lV2', countedAt + 1000, 1],
  ] as const) {
    it(`a journal that a look-up finds was created ${what}`, async () => {
      await using outbox = SqliteOutbox.inMemory();
      await filled(outbox, [purchase('1', 'A1')]);
      await outbox.sources.remember('till', { countedAt, countedThen: ['0lV1'], counted: 1 });
      const [item] = await packed(outbox);
      const journals = [{ id, createdAt }];
      await outbox.delivery.settle([{ item: item!, to: 'done', journalId: id, found: true, journals }]);
      expect(await outbox.sources.find('till')).to.include({ counted: 1, brought });
    });
  }

  for (const [when, before, after] of [
    ['while it is being sent', [], [done]],
    ['after it was refused with its journal', [failed], []],
  ] as const)
    it(`a journal is added once if its item is corrected ${when}`, async () => {
      await using outbox = SqliteOutbox.inMemory();
      await filled(outbox, [purchase('1', 'A1')]);
      await outbox.sources.remember('till', { countedAt, countedThen: [], counted: 0 });
      const [item] = await packed(outbox);
      for (const outcome of before) await outbox.delivery.settle([outcome(item!)]);
      await filled(outbox, [purchase('1', 'A1', 'tea')]);
      for (const outcome of after) await outbox.delivery.settle([outcome(item!)]);
      const [correction] = await outbox.delivery.dueUnknown(0, 10);
      expect(correction).to.include({ key: 'till:1' });
      await outbox.delivery.settle([failed(correction!)]);
      expect(await outbox.sources.find('till')).to.include({ brought: 1 });
    });

  it('a new count adds the next journal of an item whose earlier one was counted before, and only of its source', async () => {
    await using outbox = SqliteOutbox.inMemory();
    await filled(outbox, [purchase('1', 'A1')]);
    await outbox.sources.remember('till', { countedAt, countedThen: [], counted: 0 });
    const [item] = await packed(outbox);
    await outbox.delivery.settle([failed(item!)]);
    await outbox.sources.remember('other', { countedAt, countedThen: [], counted: 0 });
    await outbox.delivery.settle([failed(item!)]);
    expect(await outbox.sources.find('till')).to.include({ brought: 1 });
    await outbox.sources.remember('till', { countedAt, countedThen: ['0lV1'], counted: 1, brought: 0 });
    await outbox.delivery.settle([failed(item!, '0lV2')]);
    expect(await outbox.sources.find('till')).to.include({ counted: 1, brought: 1 });
  });

  it('what is stored of the source does not grow with the journals that failed, which are still counted once', async () => {
    await using outbox = SqliteOutbox.inMemory();
    await filled(outbox, [purchase('1', 'A1')]);
    await outbox.sources.remember('till', { countedAt, countedThen: ['0lV0'], counted: 1 });
    const [item] = await packed(outbox);
    for (const id of ['0lV1', '0lV2', '0lV1', '0lV0']) await outbox.delivery.settle([failed(item!, id)]);
    expect(await outbox.sources.find('till')).to.deep.include({ countedThen: ['0lV0'], counted: 1, brought: 2 });
    expect([...(await outbox.sources.countedById('till', ['0lV0', '0lV1', '0lV2', '0lV3']))]).to.deep.equal([
      ...['0lV0', '0lV1', '0lV2'],
    ]);
    await outbox.sources.remember('till', { countedAt: countedAt + 5000, countedThen: [], counted: 3 });
    expect([...(await outbox.sources.countedById('till', ['0lV0', '0lV1']))]).to.deep.equal([]);
  });
});

/** A look-up has found a journal that failed. */
function failed(item: OutboxItem, id = '0lV1'): Outcome {
  const journals = [{ id, createdAt: countedAt + 1000 }];
  return { item, to: 'refused', code: 'JOURNAL_ERROR', message: 'It failed.', journalId: id, journals };
}
