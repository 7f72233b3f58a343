import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { counted } from '../../src/base/text/counted.js';

const nouns =
  'assumptions|calls|days|files|items|journals|keys|lines|members|points|probes|records|requests|results|rows|transactions';

describe('a count with its noun', () => {
  it('is singular or plural, as the count requires', () => {
    expect([0, 1, 2, 2850].map((count) => counted(count, 'row'))).to.deep.equal([
      ...['0 rows', '1 row', '2 rows', '2,850 rows'],
    ]);
    expect(counted(12.345, 'point')).to.equal('12.345 points');
    expect(counted(2, 'entry', 'entries')).to.equal('2 entries');
  });

  it('is used in every message that has a number before a plural', () => {
    const folder = join(import.meta.dirname, '../../messages');
    const found = readdirSync(folder).flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => new RegExp(`(?<!of )%[sd] (?:\\w+ )?(?:${nouns})\\b`).test(line))
        .map((line) => `${file}: ${line}`),
    );
    expect(found).to.deep.equal([]);
  });
});
