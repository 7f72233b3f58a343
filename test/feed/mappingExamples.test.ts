import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openFeed, parseMapping, transactionsOf } from '../../src/feed/index.js';
import type { JournalTarget } from '../../src/feed/index.js';
import { readAll } from './reading.js';

const page = await readFile(join(import.meta.dirname, '../../docs/mapping.md'), 'utf8');

interface Example {
  readonly title: string;
  readonly mapping: string;
  readonly format: 'csv' | 'ndjson' | 'json';
  readonly feed: string;
  readonly transactions: unknown;
}

/** Each example of the page: a mapping, a feed, and what it gives. */
const examples: readonly Example[] = page
  .split('## Examples')[1]!
  .split('\n### ')
  .slice(1)
  .map((section) => {
    const blocks = [...section.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language = '', text = '']) => ({
      language,
      text,
    }));
    const [mapping, feed, transactions] = blocks;
    return {
      title: section.slice(0, section.indexOf('\n')),
      mapping: mapping!.text,
      format: feed!.language as Example['format'],
      feed: feed!.text,
      transactions: JSON.parse(transactions!.text),
    };
  });

/** An org that describes nothing but a birthday. */
const enrolling: JournalTarget = {
  field: () => undefined,
  writableNames: [],
  members: {
    account: { name: 'Account', fields: [{ name: 'PersonBirthdate', type: 'date', createable: true }] },
    member: { name: 'LoyaltyProgramMember', fields: [] },
  },
};

describe('the examples of docs/mapping.md', () => {
  for (const { title, mapping, format, feed, transactions } of examples)
    it(`give what they say: ${title}`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'mapping-'));
      try {
        const path = join(folder, `feed.${format}`);
        const isLatin = mapping.includes('windows-1252');
        await writeFile(path, feed, isLatin ? 'latin1' : 'utf8');
        const parsed = parseMapping(mapping, 'map.yml');
        const target = parsed.enroll && enrolling;
        const entries = await readAll(await openFeed(path, parsed), { target });
        const found = entries.flatMap((entry): readonly object[] =>
          entry.kind === 'rejection' ? [entry.rejection] : transactionsOf(entry),
        );
        // Messages name the feed by its path.
        expect(JSON.parse(JSON.stringify(found).replaceAll(path, `feed.${format}`))).to.deep.equal(transactions);
      } finally {
        await rm(folder, { recursive: true });
      }
    });

  it('have every form of a field', () => {
    const text = examples.map(({ mapping }) => mapping).join('');
    for (const form of [
      'value',
      'date',
      'number',
      'multiply',
      'translate',
      'expression',
      'since',
      'format: excel',
      'decimalSeparator',
      'encoding',
      'delimiter',
      'occurrenceWithin:',
      'occurrenceWithinFeed',
      'skip',
      'enroll',
      'journals',
      'when',
      'each',
      'group:',
      'sum:',
      'count:',
      'min:',
      'max:',
      'first:',
      'last:',
      'join:',
    ])
      expect(text).to.include(form);
  });
});
