import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { SqliteOutbox } from '../../src/outbox/index.js';
import { purchases } from '../sync/org/arrayFeed.js';
import { asAnybody } from './asAnybody.js';
import { filled, packed } from './outboxFixture.js';

describe('an outbox of another user that may be written, as on a mounted volume', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-volume-'));
    path = join(folder, 'till.outbox');
    await (await SqliteOutbox.open(path)).close();
    await chmod(folder, 0o777);
    await chmod(path, 0o666);
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('is used, although its mode can only be changed by that user', () =>
    asAnybody(async () => {
      await using outbox = await SqliteOutbox.open(path);
      using _lock = await outbox.lock();
      await filled(outbox, purchases(2, ['A1', 'B2']));
      expect(await packed(outbox)).to.have.length(2);
    }));

  it('is read', () =>
    asAnybody(async () => {
      await using outbox = await SqliteOutbox.openToRead(path);
      expect(await outbox.runs.find()).to.equal(undefined);
    }));
});
