import { expect } from 'chai';
import { ruleWarnings } from '../../../../src/emulator/loyalty/rules/ruleWarnings.js';
import { nothingOutside } from '../../../rules/engine/madeWorld.js';
import { process, program, rule } from '../../../rules/engine/madeRules.js';

describe('warnings of a local org about loaded rules', () => {
  const place = { file: 'rules.xml', line: 7 };

  it('name what loads and does not run', () => {
    const loaded = {
      ...program(process([rule('Base', [])])),
      warnings: [{ place, message: 'the action Credit is in no step mapping, so it never runs' }],
    };
    expect(ruleWarnings({ programs: [loaded], outside: nothingOutside })).to.deep.equal([
      'rules.xml:7: the action Credit is in no step mapping, so it never runs.',
    ]);
    expect(ruleWarnings(undefined)).to.deep.equal([]);
  });
});
