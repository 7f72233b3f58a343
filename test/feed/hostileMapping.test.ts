import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMapping, parseMapping } from '../../src/feed/index.js';
import type { FeedError } from '../../src/feed/index.js';
import { thrown } from './reading.js';

const sound = `source: shop
key: Id
member: Member
journal:
  ActivityDate: Date
  JournalTypeName: { value: Accrual }
`;
const megabyte = 1024 * 1024;
const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
  .concat(
    Array.from('bcdefghi', (name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join()}]`),
  )
  .join('\n');

describe('a hostile mapping file', () => {
  const cases: readonly [name: string, text: string, message: RegExp][] = [
    ['more than 1 MiB', '#'.repeat(megabyte + 1), /^map\.yml line 1, column 1: has more than 1 MiB\.$/],
    [
      'a million brackets',
      '['.repeat(megabyte),
      /^map\.yml line 1, column 101: has maps and lists nested more than 100 deep\.$/,
    ],
    [
      'a million lists in a line',
      '- '.repeat(megabyte / 2),
      /^map\.yml line 1, column 200: has maps and lists nested more than 100 deep/,
    ],
    [
      'nested maps, by indentation',
      nestedMaps(200),
      /^map\.yml line 100, column 101: has maps and lists nested more than 100 deep/,
    ],
    ['half a million values', `[${'a,'.repeat(megabyte / 2 - 1)}]`, /^map\.yml line 1, column \d+: has too many parts/],
    ['aliases of aliases', bomb, /^map\.yml line 2, column 8: has aliases that copy too much/],
    [
      'an alias of the value around it',
      'a: &a [1, *a]',
      /^map\.yml line 1, column 11: has the alias \*a inside the value/,
    ],
    [
      'an alias without a target',
      `${sound}skip: *gone`,
      /^map\.yml line 7, column 7: has the alias \*gone, which refers to no/,
    ],
    [
      'a name twice',
      `${sound}key: Other`,
      /^map\.yml line 7, column 1: has the name `key` a second time: it is already in line 2/,
    ],
    [
      'a field twice',
      `${sound}  Comment: A\n  Comment: B`,
      /^map\.yml line 8, column 3: has the name `Comment` a second time/,
    ],
    [
      'a name twice in JSON',
      '{"key": "A",\n "key": "B"}',
      /^map\.yml line 2, column 2: has the name `key` a second time/,
    ],
    ['a name twice, as number and text', '1: a\n"1": b', /^map\.yml line 2, column 1: has the name `1` a second time/],
    ['__proto__ as a field', `${sound}  __proto__: X`, /^map\.yml line 7, column 3: has the name `__proto__`/],
    [
      '__proto__ in a rule',
      `${sound}  A__c: { __proto__: X }`,
      /^map\.yml line 7, column 11: has the name `__proto__`/,
    ],
    [
      'constructor as a key',
      `constructor: 1\n${sound}`,
      /^map\.yml line 1: `constructor` is not a key of a mapping\.$/,
    ],
    [
      'constructor in a rule',
      `${sound}  A__c: { constructor: X }`,
      /^map\.yml line 7: `journal\.A__c\.constructor` is not a key/,
    ],
    [
      'a tag that means nothing here',
      `${sound}  A__c: !!js/function "X"`,
      /^map\.yml line 7, column 9: has a part that means nothing: Unresolved tag: tag:yaml\.org,2002:js\/function\.$/,
    ],
    ['half a character', `${sound}  A__c: { value: "\\ud800" }`, /^map\.yml line 7, column 18: has half a character/],
    ['a list as a name', '? [a, b]\n: 1', /^map\.yml line 1, column 3: has a name that is not text\.$/],
    [
      'a character that is not allowed in a name',
      `${sound}  "A\\0": X`,
      /^map\.yml line 7: `journal\.A\0` cannot be the name of/,
    ],
    ['two documents', `${sound}---\n${sound}`, /^map\.yml line 7, column 1: begins a second document\.$/],
    [
      'a very long value',
      `${sound}repeats: ${'x'.repeat(500_000)}`,
      /^map\.yml line 7: `repeats` cannot be "x{199}…: /,
    ],
    [
      'an expression that is too long',
      `${sound}skip: ${'a+'.repeat(20_000)}a`,
      /^map\.yml line 7: `skip` cannot be used: the expression has 40001 characters, but at most 20000 are allowed\.$/,
    ],
    [
      'an expression of brackets',
      `${sound}skip: "${'('.repeat(19_000)}"`,
      /^map\.yml line 7: `skip` cannot be used: the expression is nested too deeply\.$/,
    ],
  ];
  for (const [name, text, message] of cases)
    it(`is refused with its place: ${name}`, async () => {
      const error = (await thrown(() => parseMapping(text, 'map.yml'))) as FeedError;
      expect(error).to.include({ name: 'FeedError', code: 'mapping-invalid' });
      expect(error.message).to.match(message);
      expect(error.message.length).to.be.lessThan(500);
    });

  it('may have any number of fields', () => {
    const fields = Array.from({ length: 20_000 }, (_, index) => `  F${index}__c: Column ${index}\n`);
    const { columns } = parseMapping(`${sound}${fields.join('')}`, 'map.yml');
    expect(columns).to.have.lengthOf(20_003);
    expect(columns.at(-1)).to.deep.equal({ column: 'Column 19999', line: 20_006 });
  });

  it('may name a part once and use it again', () => {
    const text = sound.replace('Id', '&id Id').replace('Member\n', '*id\n');
    expect(parseMapping(text, 'map.yml').member).to.equal('Id');
  });

  it('is read only up to its maximum length, and only as UTF-8', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mapping-'));
    const errorOf = async (content: string | Buffer): Promise<string> => {
      const path = join(folder, 'map.yml');
      await writeFile(path, content);
      return ((await thrown(() => loadMapping(path))) as Error).message.replace(path, 'map.yml');
    };
    try {
      expect(await errorOf('['.repeat(30 * megabyte))).to.equal(
        'The mapping map.yml cannot be read: it has more than 1 MiB.',
      );
      expect(await errorOf(Buffer.from(`\ufeff${sound}`, 'utf16le'))).to.match(/it is not UTF-8 text, but UTF-16\.$/);
      expect(await errorOf(Buffer.from(`${sound}  Gr\u00f6\u00dfe__c: X`, 'latin1'))).to.match(
        /it is not UTF-8 text\.$/,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

function nestedMaps(depth: number): string {
  return Array.from({ length: depth }, (_, index) => `${' '.repeat(index)}a:`).join('\n');
}
