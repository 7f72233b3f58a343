import { expect } from 'chai';
import { SqliteOutbox } from '../../src/outbox/index.js';
import { purchase } from '../sync/org/arrayFeed.js';
import { filled, packed } from './outboxFixture.js';

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
});
