import { expect } from 'chai';
import { contentHash, detailsHash } from '../src/transaction.js';
import type { Transaction } from '../src/transaction.js';

const sale: Transaction = {
  key: 'shop:1',
  member: 'HR-1',
  journal: {
    ActivityDate: '2026-03-01T10:00:00.000Z',
    JournalTypeName: 'Accrual',
    TransactionAmount: '15.30',
    Comment: 'Tea',
    Points__c: 3,
  },
};

function withFields(journal: Transaction['journal']): Transaction {
  return { ...sale, journal: { ...sale.journal, ...journal } };
}

describe('hashes of a transaction', () => {
  it('keep 128 bits of the content and 64 bits of the details', () => {
    expect(contentHash(sale)).to.match(/^[\w-]{22}$/);
    expect(detailsHash(sale)).to.match(/^[\w-]{12}$/);
  });

  for (const [what, same] of [
    ['the case of the member', { ...sale, member: 'hr-1' }],
    ['how an amount is written', withFields({ TransactionAmount: '+1.53e1' })],
    ['that an amount is a number', withFields({ TransactionAmount: 15.3 })],
    ['fractions of a second', withFields({ ActivityDate: '2026-03-01T11:00:00.987+01:00' })],
    ['the order of fields', { ...sale, journal: Object.fromEntries(Object.entries(sale.journal).reverse()) }],
  ] as const)
    it(`do not depend on ${what}`, () => {
      expect(contentHash(same)).to.equal(contentHash(sale));
      expect(detailsHash(same)).to.equal(detailsHash(sale));
    });

  it('do not depend on which name of a field is used', () => {
    const { JournalTypeName = '', ...rest } = sale.journal;
    expect(contentHash({ ...sale, journal: { ...rest, journaltype: JournalTypeName } })).to.equal(contentHash(sale));
  });

  for (const [what, other] of [
    ['the member', { ...sale, member: 'HR-2' }],
    ['the amount', withFields({ TransactionAmount: '15.31' })],
    ['a large amount', withFields({ TransactionAmount: '153000000000000000000' })],
    ['the second', withFields({ ActivityDate: '2026-03-01T10:00:01.000Z' })],
    ['another content field', withFields({ Quantity: '1' })],
  ] as const)
    it(`differ in content by ${what}`, () => {
      expect(contentHash(other)).not.to.equal(contentHash(sale));
      expect(detailsHash(other)).to.equal(detailsHash(sale));
    });

  it('differ in details by a value, its type, its field, and which field has which value', () => {
    const journals: Transaction['journal'][] = [
      { Comment: 'Tea', Points__c: 3 },
      { Comment: 'Coffee', Points__c: 3 },
      { Comment: 'Tea', Points__c: '3' },
      { Comment: 'Tea' },
      { Comment: 'Tea', Points__c: 3, Store__c: '' },
      { Comment: '3', Points__c: 'Tea' },
    ];
    const hashes = journals.map((journal) => detailsHash({ ...sale, journal }));
    expect(new Set(hashes).size).to.equal(6);
  });
});
