import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

describe('the words of a sync report', () => {
  it('are all explained', async () => {
    const messages = await readFile(join(root, 'messages/loyalty.sync.md'), 'utf8');
    const protocol = await readFile(join(root, 'docs/sync-protocol.md'), 'utf8');
    const labels = [...messages.matchAll(/^# (?:row|transaction|item)\.\w+\n\n(.+)$/gm)].map(
      ([, label]) => label ?? '',
    );
    expect(labels).to.have.length.above(30);
    const rows = protocol.split('\n').filter((line) => line.startsWith('| '));
    const explained = rows.flatMap((line) => (line.split(' | ')[0] ?? '').replaceAll(/^\| |\*\*/g, '').split(' · '));
    expect(labels.filter((label) => !explained.includes(label))).to.deep.equal([]);
  });
});
