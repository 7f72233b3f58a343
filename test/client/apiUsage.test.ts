import { expect } from 'chai';
import { parseLimitInfo } from '../../src/client/transport/limitInfo.js';

describe('Sforce-Limit-Info', () => {
  for (const [header, expected] of [
    ['api-usage=18/100000', { used: 18, limit: 100_000 }],
    ['api-usage=18/100000; api-bursts=1/750', { used: 18, limit: 100_000 }],
    ['per-app-api-usage=17/250(appName=sync); api-usage=18/100000', { used: 18, limit: 100_000 }],
    ['api-bursts=1/750', undefined],
    ['api-usage=none', undefined],
    ['', undefined],
    [undefined, undefined],
  ] as const) {
    it(`says ${expected ? `${expected.used} of ${expected.limit}` : 'nothing'} with "${header ?? 'no header'}"`, () => {
      expect(parseLimitInfo(header)).to.deep.equal(expected);
    });
  }
});
