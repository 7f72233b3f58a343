import { expect } from 'chai';
import { pointsFlag } from '../../src/cli/pointsFlag.js';
import { failureOf } from '../client/loopback.js';

type Parse = (input: string) => Promise<string>;

describe('the flag --points', () => {
  const parse = pointsFlag().parse as unknown as Parse;

  it('takes up to 13 digits and two decimals, as they are', async () => {
    expect(await parse('9999999999999.99')).to.equal('9999999999999.99');
    expect(await parse('12.5')).to.equal('12.5');
  });

  for (const wrong of ['0', '-5', '1e3', '1.005', '9007199254740993', '']) {
    it(`takes no "${wrong}"`, async () => {
      expect(await failureOf(parse(wrong))).to.have.property('message', `"${wrong}" is not a number of points.`);
    });
  }
});
