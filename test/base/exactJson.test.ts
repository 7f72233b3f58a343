import { expect } from 'chai';
import { parseExactJson } from '../../src/base/exactJson.js';

describe('JSON that a person has written', () => {
  it('keeps every number that can be kept', () => {
    const text = '{"a": 12.50, "b": 9007199254740991, "c": 1e3, "d": 0.1, "e": "12345678901234567890", "f": -0.0}';
    expect(parseExactJson(text)).to.deep.equal(JSON.parse(text));
  });

  for (const number of ['12345678901234567890', '9007199254740993', '0.12345678901234567890', '1e999']) {
    it(`is refused with a number that would be sent as another one: ${number}`, () => {
      expect(() => parseExactJson(`{"inner": [${number}]}`)).to.throw(`its number ${number} has more digits`);
    });
  }

  it('is refused with a name that is there twice, of whose values one would be lost', () => {
    expect(() => parseExactJson('{"a": 1, "b": {"c": 1, "\\u0063": 2}}')).to.throw('it has "c" twice');
  });
});
