import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Emulator } from '../../../src/emulator/index.js';

describe('a job whose org ended while it ran', () => {
  it('has failed when the org starts again, and what it had not begun is canceled', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'loyalty-jobs-'));
    try {
      const before = await Emulator.start({ dataDir });
      const BatchJobId = before.store.insert('BatchJob', { Name: 'Nightly', Status: 'InProgress' }, { as: 'org' });
      before.store.insert('BatchJobPart', { BatchJobId, Status: 'New', Name: 'Part 1' }, { as: 'org' });
      await before.stop();
      await using org = await Emulator.start({ dataDir });
      expect(org.store.get('BatchJob', BatchJobId)).to.include({
        Status: 'Failed',
        ErrorDescription: 'The org ended while the job ran.',
      });
      expect(org.store.first('BatchJobPart', { BatchJobId })).to.include({ Status: 'Canceled' });
    } finally {
      await rm(dataDir, { recursive: true });
    }
  });
});
