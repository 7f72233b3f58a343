import { expect } from 'chai';
import { fakeConnection, LoyaltyClient } from '../../../src/client/index.js';
import { findTransaction } from '../../../src/sync/keyed/findTransaction.js';
import { failureOf } from '../../client/loopback.js';
import { processedJournal, recordsOfMember } from './oneMember.js';

const wanted = {
  key: 'k',
  number: 'k',
  program: 'Harbour Rewards',
  member: 'A1',
  amount: '42.50',
  journalType: 'Accrual',
};

/** An org with these journals. @param hasAmounts whether the user can see the amounts */
function orgWith(journals: readonly Partial<typeof processedJournal | Record<string, unknown>>[], hasAmounts = true) {
  const connection = fakeConnection(({ query }) => {
    const soql = query['q'] ?? '';
    if (!hasAmounts && soql.includes('TransactionAmount')) {
      return { status: 400, body: [{ errorCode: 'INVALID_FIELD', message: "No such column 'TransactionAmount'" }] };
    }
    const table = / FROM (\w+)/.exec(soql)?.[1] ?? '';
    const records =
      table === 'TransactionJournal'
        ? journals.map((each) => ({ ...processedJournal, ...each }))
        : [recordsOfMember[table]];
    return { body: { totalSize: records.length, done: true, records } };
  });
  return new LoyaltyClient(connection);
}

describe('findTransaction', () => {
  for (const [what, journals, hasAmounts] of [
    ['a journal of the same program, member and amount', [{}], true],
    ['one among others', [{ TransactionAmount: 7 }, {}], true],
    ['one that names neither member nor program', [{ MemberId: null, LoyaltyProgramId: null }], true],
    ['an amount that the org has rounded', [{ TransactionAmount: 42.499999 }], true],
    ['a type in another case', [{ JournalType: { Name: 'accrual' } }], true],
    ['any amount, where the user cannot see amounts', [{ TransactionAmount: undefined }], false],
  ] as const) {
    it(`finds ${what}`, async () => {
      expect(await findTransaction(orgWith(journals, hasAmounts), wanted)).to.include({ Id: processedJournal.Id });
    });
  }

  it('finds nothing where there is no journal, or only failed ones', async () => {
    expect(await findTransaction(orgWith([]), wanted)).to.equal(undefined);
    expect(await findTransaction(orgWith([{ Status: 'Error' }]), wanted)).to.equal(undefined);
  });

  it('names its own journal that was not run, so that nobody sends the purchase under a new key', async () => {
    const error = await failureOf(findTransaction(orgWith([{ Status: 'Pending' }]), wanted));
    expect(error).to.include({ name: 'PendingTransactionError', key: 'k', journalId: '0lVAb0000000001AAA' });
    expect(error)
      .to.have.property('actions')
      .that.satisfies((actions: string[]) => actions.join().includes('With a new key the purchase would count twice'));
  });

  for (const [what, other, message] of [
    ['another member', { MemberId: '0lMAb0000000002AAA' }, /member 0lMAb0000000002AAA/],
    ['another program', { LoyaltyProgramId: '0lpAb0000000002AAA' }, /program 0lpAb0000000002AAA/],
    ['another amount', { TransactionAmount: 42.4 }, /for 42\.4/],
    ['no amount, such as that of a credit', { TransactionAmount: null }, /0lVAb0000000001AAA/],
    ['another type', { JournalType: { Name: 'Redemption' } }, /0lVAb0000000001AAA/],
  ] as const) {
    it(`does not take a journal with ${what} for it, and sends nothing`, async () => {
      const error = await failureOf(findTransaction(orgWith([other]), wanted));
      expect(error).to.include({ name: 'KeyConflictError', key: 'k' });
      expect(error).to.have.property('found').that.matches(message);
    });
  }
});
