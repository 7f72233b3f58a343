import { expect } from 'chai';
import { interchangeableField, interchangeableNames } from '../../src/contract/interchangeableNames.js';
import { transactionJournal } from '../../src/contract/objects/transactionJournal.js';
import { alternativeNamed } from '../../src/emulator/loyalty/interchangeableFields.js';

describe('names that a request may give instead of a field', () => {
  for (const [name, field] of Object.entries(interchangeableNames)) {
    it(`${name} stands for a field of TransactionJournal`, () => {
      expect(transactionJournal.fields).to.have.nested.property(`${field}.createable`, true);
      expect(interchangeableField(name.toUpperCase())).to.equal(field);
    });

    if (name !== 'MembershipNumber')
      it(`${name} is looked up by the local org`, () =>
        expect(alternativeNamed(name)).to.include({ key: name, field }));
  }
});
