import { expect } from 'chai';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', '..', 'src', 'emulator', 'store');
const comments = /\/\*[^]*?\*\/|\/\/.*/g;
const loyalty = /Loyalty|Member|Voucher|Promotion|Benefit|TransactionJournal|JournalType/;

describe('The store', () => {
  it('knows nothing of loyalty: what it does with an object stands in the definition of the object', () => {
    const files = globSync('**/*.ts', { cwd: folder });
    expect(files).to.include('store.ts');
    const knowing = files.filter((file) =>
      loyalty.test(readFileSync(join(folder, file), 'utf8').replace(comments, '')),
    );
    expect(knowing).to.deep.equal([]);
  });
});
