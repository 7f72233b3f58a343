import { join } from 'node:path';
import { expect } from 'chai';
import { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import { createProgram, readDefinition } from '../../src/program/index.js';

const folder = join(import.meta.dirname, '../../examples/rules');
const number = 'HR-1';

interface Outcome {
  readonly stars: number;
  readonly tierPoints: number;
  readonly tier: string;
  /** Stamps on the card of `Ten cups, one free`. */
  readonly cups: number;
  readonly vouchers: readonly string[];
}

type Fields = Readonly<Record<string, string | number>>;

/** A member of the example program whose birthday is on 12 July, and a clock that shows the day of each journal. */
class ExampleMember implements AsyncDisposable {
  readonly #org: Emulator;
  readonly #time: { now: number };

  private constructor(org: Emulator, time: { now: number }) {
    this.#org = org;
    this.#time = time;
  }

  static async enroll(): Promise<ExampleMember> {
    const time = { now: Date.parse('2026-06-28T08:00:00Z') };
    const { definition } = await readDefinition(join(folder, 'program.yml'));
    const org = await Emulator.start({
      source: folder,
      clock: { now: () => time.now, sleep: () => Promise.resolve() },
      seed: async ({ url, store }) => {
        const client = await LoyaltyClient.connect({ instanceUrl: url, clientId: 'test', clientSecret: 'none' });
        await createProgram(client, definition);
        await client.members.enroll(definition.name, {
          membershipNumber: number,
          enrollmentDate: '2026-06-28T00:00:00',
          memberStatus: 'Active',
          associatedContactDetails: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com' },
        });
        for (const { Id } of store.find('Contact', {})) store.update('Contact', Id, { Birthdate: '1990-07-12' });
      },
    });
    return new ExampleMember(org, time);
  }

  /** Runs the rules for one journal at noon of a day. @returns its id */
  does(day: string, fields: Fields): string {
    const moment = `${day}T12:00:00Z`;
    this.#time.now = Date.parse(moment);
    const journal = { MembershipNumber: number, JournalTypeName: 'Accrual', ActivityDate: moment, ...fields };
    const { failure, traces } = this.#org.explain('Harbour Rewards', [journal], true);
    expect(failure).to.equal(undefined);
    return traces[0]?.journal.id ?? '';
  }

  get state(): Outcome {
    const { store } = this.#org;
    const balances = new Map(store.find('LoyaltyMemberCurrency', {}).map((row) => [row['Name'], row['PointsBalance']]));
    const held = store.find('LoyaltyMemberTier', {}).filter((row) => row['Status'] !== 'Inactive');
    const [progress] = store.find('LoyaltyProgramMbrPromotion', {});
    return {
      stars: Number(balances.get('Stars') ?? 0),
      tierPoints: Number(balances.get('Tier Points') ?? 0),
      tier: held.map((row) => String(store.get('LoyaltyTier', String(row['LoyaltyTierId']))?.['Name'])).join(),
      cups: Number(progress?.['CumulativeUsageCompleted'] ?? 0),
      vouchers: store.find('Voucher', {}).map((row) => [row['Status'], row['ExpirationDate']].join(' ')),
    };
  }

  get voucherCode(): string {
    return String(this.#org.store.find('Voucher', {})[0]?.['VoucherCode']);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#org[Symbol.asyncDispose]();
  }
}

describe('the rules of the example program', () => {
  let member: ExampleMember;

  before(async () => {
    member = await ExampleMember.enroll();
  });

  after(() => member[Symbol.asyncDispose]());

  /** The tier by status, and everything else that the member has. */
  function expectState(
    stars: number,
    tierPoints: number,
    more: Pick<Outcome, 'tier' | 'cups'> & Partial<Outcome>,
  ): void {
    expect(member.state).to.deep.equal({ stars, tierPoints, vouchers: [], ...more });
  }

  it('give a member in one month exactly what is worked out here by hand', () => {
    // Monday. 12.50 × 2 Stars for each 1 of the amount = 25. Tier Points: 12, without the cents.
    member.does('2026-06-29', { TransactionAmount: 12.5 });
    expectState(25, 12, { tier: 'Bronze', cups: 1 });

    // A gift card earns nothing, and is no cup.
    member.does('2026-06-30', { TransactionAmount: 50, Brand: 'Gift Card' });
    expectState(25, 12, { tier: 'Bronze', cups: 1 });

    // Wednesday in the month of the birthday: 200 + 200 = 400. 25 + 400 = 425; 12 + 100 = 112.
    const coffeeMachine = member.does('2026-07-01', { TransactionAmount: 100 });
    expectState(425, 112, { tier: 'Bronze', cups: 2 });

    // Saturday: 80 + 80 for the birthday + 80 for the weekend = 240. 425 + 240 = 665; 112 + 40 = 152, so Silver.
    member.does('2026-07-04', { TransactionAmount: 40 });
    expectState(665, 152, { tier: 'Silver', cups: 3 });

    // 10.40 × 2 = 20.8, so 20. A fifth more for Silver: 4. Birthday: 20. 665 + 44 = 709.
    member.does('2026-07-06', { TransactionAmount: 10.4 });
    expectState(709, 162, { tier: 'Silver', cups: 4 });

    // 100 Stars are spent. More than the member has are not.
    member.does('2026-07-07', { TransactionAmount: 100, JournalTypeName: 'Redemption' });
    member.does('2026-07-07', { TransactionAmount: 5000, JournalTypeName: 'Redemption' });
    expectState(609, 162, { tier: 'Silver', cups: 4 });

    // 20 of 30 are paid with Stars, so 10 count: 20 + 4 + 20 = 44.
    member.does('2026-07-07', { TransactionAmount: 30, Paid_With_Stars__c: 20 });
    expectState(653, 172, { tier: 'Silver', cups: 5 });

    // Half of what was 400 Stars and 100 Tier Points goes back: 653 − 200, 172 − 50. The tier is kept for its year, and
    // the stamp because the other half is kept.
    member.does('2026-07-08', {
      ...{ TransactionAmount: -50, JournalSubTypeName: 'Return', RelatedJournalId: coffeeMachine },
    });
    expectState(453, 122, { tier: 'Silver', cups: 5 });

    // A voided line.
    member.does('2026-07-09', { TransactionAmount: 25, JournalReason: 'Order Canceled' });
    expectState(453, 122, { tier: 'Silver', cups: 5 });

    // Monday to Thursday, four cups: 8 + 1 (a fifth of 8 is 1.6) + 8 = 17 each.
    for (const day of ['2026-07-13', '2026-07-14', '2026-07-15', '2026-07-16'])
      member.does(day, { TransactionAmount: 4 });
    expectState(521, 138, { tier: 'Silver', cups: 9 });

    // The tenth cup: a voucher for 90 days (14 of July, 31 of August, 30 of September, 15 of October), and a new card.
    member.does('2026-07-17', { TransactionAmount: 4 });
    const issued = ['Issued 2026-10-15'];
    expectState(538, 142, { tier: 'Silver', cups: 0, vouchers: issued });

    // Saturday: 520 + 104 for Silver + 520 + 520 = 1664. 538 + 1664 = 2202; 142 + 260 = 402, so Gold.
    member.does('2026-07-18', { TransactionAmount: 260 });
    expectState(2202, 402, { tier: 'Gold', cups: 1, vouchers: issued });

    const VoucherCode = member.voucherCode;
    member.does('2026-07-19', { TransactionAmount: 0, JournalTypeName: 'Redemption', VoucherCode });
    const redeemed = ['Redeemed 2026-10-15'];
    expectState(2202, 402, { tier: 'Gold', cups: 1, vouchers: redeemed });

    // 3.30 × 2 = 6.6, so 6. Half more for Gold: 3. Birthday: 6. Then all of it is returned, with its stamp.
    const sale = member.does('2026-07-20', { TransactionAmount: 3.3 });
    expectState(2217, 405, { tier: 'Gold', cups: 2, vouchers: redeemed });
    member.does('2026-07-21', { TransactionAmount: -3.3, JournalSubTypeName: 'Return', RelatedJournalId: sale });
    expectState(2202, 402, { tier: 'Gold', cups: 1, vouchers: redeemed });

    // Without its receipt, a return costs what the amount earns without any bonus: 5 × 2, and 5.
    member.does('2026-07-22', { TransactionAmount: -5, JournalSubTypeName: 'Return' });
    expectState(2192, 397, { tier: 'Gold', cups: 0, vouchers: redeemed });
  });
});
