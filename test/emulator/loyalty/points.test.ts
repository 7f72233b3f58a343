import { expect } from 'chai';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { ExampleOrg, purchase } from './exampleProgram.js';

const negative = { settings: { allowNegativeBalance: true } };

describe('points of the built-in rule', () => {
  it('are set per unit of the amount, and rounded to two decimals with ties away from zero', async () => {
    await using org = await ExampleOrg.start({ settings: { ...negative.settings, pointsPerUnit: 0.25 } });
    await org.withMembers('WX-1');
    const amounts = ['0.10', '-0.10', '1.00', '12.34', '0.01'];
    const { body } = await org.execute(amounts.map((amount) => purchase('WX-1', amount)));
    const results = body.processResult.transactionJournalResult as Result[];
    const moved = results.map(({ changeInMemberPoints: [member] }) => {
      return member?.changeInMemberCurrencies[0]?.changeInPointsBalance;
    });
    // 0.025 → 0.03, -0.025 → -0.03, 3.085 → 3.09, 0.0025 → nothing
    expect(moved).to.deep.equal([0.03, -0.03, 0.25, 3.09, undefined]);
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 3.34, Stars: 3.34 });
  });

  it('do not move for a zero or missing amount', async () => {
    await using org = await ExampleOrg.start();
    await org.withMembers('WX-1');
    const { body } = await org.execute([purchase('WX-1', 0), purchase('WX-1', undefined)]);
    expect(body.status).to.equal(true);
    expect(await org.count('LoyaltyLedger')).to.equal(0);
    expect(await org.usage('WX-1')).to.equal(undefined);
  });

  it('are debited for a redemption from spendable currencies, which does not count as a purchase', async () => {
    await using org = await ExampleOrg.start();
    await org.withMembers('WX-1');
    const redemption = org.emulator.store.first('JournalType', { Name: 'Redemption' })?.Id;
    org.addProcess('TransactionJournal', { Name: 'Redeem', JournalTypeId: redemption });
    await org.execute([purchase('WX-1', 50)]);
    await org.execute([purchase('WX-1', 20, { JournalTypeName: 'Redemption' })]);
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 50, Stars: 30 });
    expect(await org.usage('WX-1')).to.equal(1);
  });

  it('do not move in a currency that is newer than the member, until its row is created by hand', async () => {
    await using org = await ExampleOrg.start();
    await org.withMembers('WX-1');
    const currency = { Name: 'Shells', CurrencyType: 'NonQualifying', IsActive: true };
    const { store } = org.emulator;
    const shells = store.insert('LoyaltyProgramCurrency', { ...currency, LoyaltyProgramId: org.program.id });
    const refused = await org.execute([purchase('WX-1', 5)]);
    expect(refused.body).to.include({ status: false });
    expect(refused.body.message).to.include('Member WX-1 has no LoyaltyMemberCurrency for Shells');
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 0 });
    const row = { Name: 'Shells', LoyaltyMemberId: await org.memberId('WX-1'), LoyaltyProgramCurrencyId: shells };
    await org.api.create('LoyaltyMemberCurrency', row);
    const { body } = await org.execute([purchase('WX-1', 5)]);
    expect(body.processResult.memberPointsBalance[0].memberCurrencies).to.have.length(3);
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 5, Shells: 5, Stars: 5 });
  });

  it('are the decimal sum of any sequence of amounts, in the ledger and in the balance', async () => {
    await using org = await ExampleOrg.start(negative);
    let members = 0;
    const cents = fc.integer({ min: -100_000_000, max: 100_000_000 });
    const requests = fc.array(fc.array(cents, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(requests, async (batches) => {
        const member = `P-${++members}`;
        await org.withMembers(member);
        for (const batch of batches) {
          const { body } = await org.execute(batch.map((each) => purchase(member, inUnits(each))));
          expect(body.status).to.equal(true);
        }
        const sum = Decimal.sum(0, ...batches.flat())
          .div(100)
          .toNumber();
        expect(await org.balances(member)).to.deep.equal({ Miles: sum, Stars: sum });
        expect(await ledgerSum(org, member, 'Stars')).to.equal(sum);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a balance below zero', () => {
  it('needs the setting of the org and the flag of the currency', async () => {
    for (const allowNegativeBalance of [true, false]) {
      for (const DoesAllowNegativeBalance of [true, false]) {
        await using org = await ExampleOrg.start({ settings: { allowNegativeBalance } });
        org.emulator.store.update('LoyaltyProgramCurrency', org.program.stars, { DoesAllowNegativeBalance });
        await org.withMembers('WX-1');
        const { body } = await org.execute([purchase('WX-1', -5)]);
        expect(body.status).to.equal(allowNegativeBalance && DoesAllowNegativeBalance);
      }
    }
  });

  it('is refused with the member, the currency and the balance, and undoes the whole request', async () => {
    await using org = await ExampleOrg.start();
    await org.withMembers('WX-1', 'WX-2');
    await org.execute([purchase('WX-1', 10)]);
    const { status, body } = await org.execute([purchase('WX-2', 7), purchase('WX-1', '-10.01')]);
    expect(status).to.equal(200);
    expect(body.message).to.match(/Miles.*WX-1.*-0\.01/);
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 10, Stars: 10 });
    expect(await org.balances('WX-2')).to.deep.equal({ Miles: 0, Stars: 0 });
    expect(await org.count('TransactionJournal')).to.equal(1);
    expect((await org.execute([purchase('WX-1', -10)])).body.status).to.equal(true);
  });
});

describe('actions of one request', () => {
  it('are each applied to all journals before the next action', async () => {
    await using org = await ExampleOrg.start();
    await org.withMembers('WX-1', 'WX-2');
    await org.execute([purchase('WX-1', 10), purchase('WX-2', 10)]);
    const ledgers = await org.rows(
      'SELECT LoyaltyProgramCurrency.Name, LoyaltyProgramMember.MembershipNumber FROM LoyaltyLedger ORDER BY Id',
    );
    const order = ledgers.map((row) => [nameOf(row['LoyaltyProgramCurrency']), nameOf(row['LoyaltyProgramMember'])]);
    expect(order).to.deep.equal([
      ['Miles', 'WX-1'],
      ['Miles', 'WX-2'],
      ['Stars', 'WX-1'],
      ['Stars', 'WX-2'],
    ]);
  });
});

interface Result {
  readonly changeInMemberPoints: readonly {
    readonly changeInMemberCurrencies: readonly { readonly changeInPointsBalance: number }[];
  }[];
}

function inUnits(cents: number): string {
  return new Decimal(cents).div(100).toFixed(2);
}

function nameOf(parent: unknown): string {
  const { Name, MembershipNumber } = parent as { Name?: string; MembershipNumber?: string };
  return Name ?? MembershipNumber ?? '';
}

async function ledgerSum(org: ExampleOrg, member: string, currency: string): Promise<number> {
  const rows = await org.rows(
    `SELECT EventType, Points FROM LoyaltyLedger WHERE LoyaltyProgramMember.MembershipNumber = '${member}'
     AND LoyaltyProgramCurrency.Name = '${currency}'`,
  );
  const signed = rows.map(({ EventType, Points }) => new Decimal(Number(Points)).times(EventType === 'Debit' ? -1 : 1));
  expect(rows.every(({ Points }) => Number(Points) > 0)).to.equal(true);
  return Decimal.sum(0, ...signed).toNumber();
}
