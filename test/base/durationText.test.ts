import { expect } from 'chai';
import { durationText } from '../../src/base/text/durationText.js';

describe('durationText', () => {
  for (const [seconds, text] of [
    [0, '0 seconds'],
    [1, '1 second'],
    [119, '119 seconds'],
    [299, '5 minutes'],
    [3 * 3600, '3 hours'],
    [36 * 3600, '36 hours'],
    [8_000_000, '93 days'],
    [120_000_000_000, '1,388,889 days'],
  ] as const) {
    it(`${seconds} seconds: ${text}`, () => expect(durationText(seconds)).to.equal(text));
  }
});
