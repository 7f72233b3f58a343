import { expect } from 'chai';
import type { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../../emulator/restClient.js';
import type { Returned } from './realProgramFlows.js';
import { startRealProgram } from './startRealProgram.js';

const path = process.env['LOYALTY_REAL_PROGRAM'];
const members = ['M-1', 'M-2', 'M-3'] as const;
type Member = (typeof members)[number];
type Fields = Readonly<Record<string, string | number | boolean>>;

/** A month of the program, day by day. */
class Month implements AsyncDisposable {
  readonly #org: Emulator;
  readonly #program: string;
  readonly #world: { now: number; returned: Returned };

  private constructor(org: Emulator, program: string, world: { now: number; returned: Returned }) {
    this.#org = org;
    this.#program = program;
    this.#world = world;
  }

  static async begin(file: string): Promise<Month> {
    const world = { now: Date.parse('2026-11-01T08:00:00Z'), returned: { points: 0, amount: 0, ofOrder: 0 } };
    const { org, program } = await startRealProgram(file, {
      members,
      clock: { now: () => world.now, sleep: () => Promise.resolve() },
      returned: () => world.returned,
    });
    return new Month(org, program, world);
  }

  /** Runs a journal in real time. Its rules are explained to the end. */
  does(day: number, member: Member, [type, subtype, more]: readonly [string, string | undefined, Fields]): void {
    const moment = this.#goTo(day);
    const journal = { MembershipNumber: member, JournalTypeName: type, ActivityDate: moment, ...more };
    const named = subtype === undefined ? journal : { ...journal, JournalSubTypeName: subtype };
    const { failure, traces } = this.#org.explain(this.#program, [named], true);
    expect(failure, `day ${day}, ${member}`).to.equal(undefined);
    expect(traces[0]?.rules.some(({ steps }) => steps.length > 0)).to.equal(true);
  }

  buys(day: number, member: Member, brand: 'Single' | 'Double', more: Fields): void {
    const fields = { Brand: brand, Order_ID__c: `O-${day}`, Order_Item_ID__c: '1', ...more };
    this.does(day, member, ['Accrual', 'Purchase', fields]);
  }

  returns(day: number, member: Member, original: string, what: Returned & { readonly brand: string }): void {
    this.#world.returned = what;
    const order = { Original_Order_ID__c: original, Original_Order_Item_ID__c: '1', Original_Channel__c: 'Web' };
    const own = { Order_ID__c: `R-${day}`, Order_Item_ID__c: '1', Brand: what.brand, TransactionAmount: what.amount };
    this.does(day, member, ['Accrual', 'Reversal', { ...order, ...own }]);
  }

  /** Points expire by a batch job over a Pending journal. */
  async expires(day: number, member: Member): Promise<void> {
    const { store } = this.#org;
    const ActivityDate = this.#goTo(day);
    const JournalTypeId = store.first('JournalType', { Name: 'Points Expiration' })?.Id;
    const journal = { ActivityDate, JournalTypeId, MemberId: this.#member(member).Id, Status: 'Pending' };
    const LoyaltyProgramId = store.first('LoyaltyProgram', {})?.Id;
    const id = store.insert('TransactionJournal', { ...journal, LoyaltyProgramId });
    const api = new RestClient(this.#org);
    await api.post('/actions/custom/batchJobAction/Process_Transaction_Journals', { inputs: [{}] });
    while (store.get('TransactionJournal', id)?.['Status'] === 'Pending')
      await api.query('SELECT Status FROM BatchJob LIMIT 1');
  }

  /** What a member has of the points, the vouchers by status, and the status points of the program. */
  end(member: Member): unknown {
    const { store } = this.#org;
    const { Id, Status_Points__c } = this.#member(member);
    const currency = store.first('LoyaltyProgramCurrency', { Name: 'Positive Balance' });
    const balance = store.first('LoyaltyMemberCurrency', {
      LoyaltyMemberId: Id,
      LoyaltyProgramCurrencyId: currency?.Id,
    });
    const vouchers = store.find('Voucher', { LoyaltyProgramMemberId: Id });
    return {
      balance: balance?.['PointsBalance'],
      status: Status_Points__c,
      vouchers: vouchers.map((voucher) => `${String(voucher['FaceValue'])} ${String(voucher['Status'])}`),
    };
  }

  get promoted(): string {
    return this.#org.store.first('Product2', {})?.Id ?? '';
  }

  #member(number: Member) {
    const row = this.#org.store.first('LoyaltyProgramMember', { MembershipNumber: number });
    if (!row) throw new Error(`There is no member ${number}.`);
    return row;
  }

  #goTo(day: number): string {
    const moment = `2026-11-${String(day).padStart(2, '0')}T12:00:00.000Z`;
    this.#world.now = Date.parse(moment);
    return moment;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#org.stop();
  }
}

/** A program that was retrieved from an org cannot be part of the project. */
describe('a month of a real program', () => {
  const title = 'ends as worked out by hand for three members';
  it(path === undefined ? 'is not here: set LOYALTY_REAL_PROGRAM to its file' : title, async function () {
    if (path === undefined) return this.skip();
    await using month = await Month.begin(path);

    // Everybody gets 50 points for enrolling.
    for (const member of members) month.does(1, member, ['Accrual', 'Member Enrollment', {}]);

    // M-1. 120.40 rounds up to 121: 50 + 121 = 171. 35 twice is 70: 171 + 70 = 241, which is more than the target of
    // 200: a voucher of 10, and 241 - 200 = 41.
    month.buys(3, 'M-1', 'Single', { TransactionAmount: 120.4 });
    month.buys(10, 'M-1', 'Double', { TransactionAmount: 35 });
    expect(month.end('M-1')).to.deep.equal({ balance: 41, status: 41, vouchers: ['10 Issued'] });
    // The voucher pays 10 of an order. Its line brings 10 points, of which its face value is taken: 41 + 10 - 10 = 41.
    month.buys(15, 'M-1', 'Single', { TransactionAmount: 10, VoucherCode: 'V-1' });
    expect(month.end('M-1')).to.deep.equal({ balance: 41, status: 41, vouchers: ['10 Redeemed'] });
    // All of the first order comes back: 41 - 121 = -80. Then 100 points: -80 + 100 = 20.
    month.returns(20, 'M-1', 'O-3', { brand: 'Single', points: 121, amount: 121, ofOrder: 121 });
    expect(month.end('M-1')).to.deep.equal({ balance: -80, status: -80, vouchers: ['10 Redeemed'] });
    month.buys(25, 'M-1', 'Single', { TransactionAmount: 99.01 });
    expect(month.end('M-1')).to.deep.equal({ balance: 20, status: 20, vouchers: ['10 Redeemed'] });

    // M-2. 60.25 rounds up to 61, twice for a product in the promotion: 50 + 122 = 172. 300 twice is 600: 172 + 600 =
    // 772 = 3 × 200 + 172: three vouchers. An item of the second order for 50, which brought 100, comes back: 172 - 100 = 72.
    month.buys(5, 'M-2', 'Single', { TransactionAmount: 60.25, ProductId: month.promoted });
    expect(month.end('M-2')).to.deep.equal({ balance: 172, status: 172, vouchers: [] });
    month.buys(12, 'M-2', 'Double', { TransactionAmount: 300 });
    month.returns(18, 'M-2', 'O-12', { brand: 'Double', points: 100, amount: 50, ofOrder: 300 });
    expect(month.end('M-2')).to.deep.equal({
      balance: 72,
      status: 72,
      vouchers: ['10 Issued', '10 Issued', '10 Issued'],
    });

    // M-3. A gift card is no merchandise: 50 + 0 = 50. An adjustment of 30: 80. 19.99 rounds up to 20, twice: 120.
    month.buys(7, 'M-3', 'Single', { TransactionAmount: 80, Is_Non_Merchanised_Item__c: true });
    month.does(9, 'M-3', ['Manual Points Adjustment', undefined, { TransactionAmount: 30 }]);
    month.buys(14, 'M-3', 'Double', { TransactionAmount: 19.99 });
    expect(month.end('M-3')).to.deep.equal({ balance: 120, status: 120, vouchers: [] });
    // All points expire.
    await month.expires(30, 'M-3');
    expect(month.end('M-3')).to.deep.equal({ balance: 0, status: 0, vouchers: [] });
  });
});
