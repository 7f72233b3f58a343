import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FeedError } from '../../../src/feed/index.js';
import { fileDigest, unchangedParts } from '../../../src/sync/handIn/fileDigest.js';
import { failureOf } from '../../client/loopback.js';

describe('the bytes of a file that is handed in', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-digest-'));
  });

  after(() => rm(folder, { recursive: true }));

  it('end with the reason of the signal, so that Ctrl-C is told from a fault', async () => {
    const path = join(folder, 'long.csv');
    await writeFile(path, Buffer.alloc(3 << 20, 'a'));
    const digest = await fileDigest(path, undefined);
    const stop = new AbortController();
    const read = async (): Promise<void> => {
      for await (const part of unchangedParts(path, digest, stop.signal)) if (part.length > 0) stop.abort();
    };
    expect(await failureOf(read())).to.equal(stop.signal.reason);
    expect(await failureOf(fileDigest(path, stop.signal))).to.equal(stop.signal.reason);
  });

  it('say that the file is gone, or was changed', async () => {
    const path = join(folder, 'short.csv');
    await writeFile(path, 'Receipt\n1\n');
    const digest = await fileDigest(path, undefined);
    await writeFile(path, 'Receipt\n2\n');
    const read = () => failureOf(Array.fromAsync(unchangedParts(path, digest, undefined)));
    expect(await read())
      .to.be.instanceOf(FeedError)
      .and.have.property('message')
      .that.includes('was changed');
    await rm(path);
    expect(await read())
      .to.be.instanceOf(FeedError)
      .and.have.property('message')
      .that.includes('cannot be read');
  });
});
