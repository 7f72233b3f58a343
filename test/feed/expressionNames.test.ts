import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import jsonata from 'jsonata';
import { checkExpression } from '../../src/feed/expressions/expression.js';
import { functions } from '../../src/feed/expressions/expressionNames.js';

describe('the names in an expression', () => {
  it('of functions are those of JSONata', async () => {
    for (const name of functions) {
      const type: unknown = await jsonata(`$type($${name})`).evaluate({});
      expect(type, name).to.equal('function');
    }
    const text = await readFile(createRequire(import.meta.url).resolve('jsonata'), 'utf8');
    const bound = [...text.matchAll(/\.bind\('(\w+)'/g)].map(([, name]) => name);
    expect(functions).to.include.members(bound).and.to.include.members(['now', 'millis']);
  });

  for (const source of [
    '($x := 1; $x)',
    'function($a, $b) { $a & $b }(store, till)',
    '$reduce([1, 2], function($i, $j) { $i + $j })',
    '[{"a": 1}]@$v.($v.a)',
    '[1, 2]#$i[$i = 1]',
    'store ~> $trim ~> $uppercase',
  ])
    it(`of its own variables are known: ${source}`, () => expect(() => checkExpression(source)).not.to.throw());
});
