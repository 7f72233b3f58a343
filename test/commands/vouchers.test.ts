import { expect } from 'chai';
import {
  CancelVoucherResult,
  IssueVoucherResult,
  ListVouchersResult,
  RedeemVoucherResult,
} from '../../src/cli/results/voucherResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Target } from '../support/cli.js';
import { addVouchers, openShop, seen } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

describe('loyalty issue, redeem, cancel voucher and list vouchers', function () {
  this.timeout(90_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 2 });
    addVouchers(shop.org);
    cli = await Cli.create();
  });

  beforeEach(() => shop.org.requests.reset());

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const member = ['--member', 'HR-100001'];
  const run = (words: string, args: readonly string[], org: Target = shop.org) =>
    cli.run(words, [...member, ...args], { org, columns: 80 });
  const voucher = (code: string) => shop.org.store.first('Voucher', { VoucherCode: code });
  const redemptions = () => seen(shop.org, 'POST', '/redeem');

  it('issues once per key, from this machine and from another one, and says the code', async () => {
    const args = [
      '--definition',
      'Five off a cake',
      '--value',
      '7.5',
      '--expiration-date',
      '2035-06-30',
      '--key',
      'sorry-1',
    ];
    const ended = await run('issue voucher', args);
    const issued = shop.org.store.first('Voucher', { Reason: 'sorry-1' });
    const code = String(issued?.['VoucherCode']);
    expectScreen('issue voucher', ended, [
      onlyProgram,
      `Issued "Five off a cake" to HR-100001: code ${code}, valid until 6/30/2035.`,
      'Key: sorry-1',
    ]);
    const elsewhere = await run('issue voucher', [...args, '--json', '--outbox', cli.path('elsewhere.sqlite')]);
    const voucherId = issued?.Id;
    const { records } = resultOf(elsewhere, IssueVoucherResult);
    expect(records).to.deep.equal([
      {
        ...{ key: 'sorry-1', status: 'known', member: 'HR-100001', voucherId, code, number: issued?.['Name'] },
        ...{ definition: 'Five off a cake', faceValue: 7.5, expirationDate: '2035-06-30' },
      },
    ]);
    expect(seen(shop.org, 'POST', '/actions/')).to.equal(1);
  });

  it('redeems a part once per key, and reports what is left', async () => {
    const args = ['--code', 'big', '--amount', '120.5', '--key', 'order-1'];
    const ended = await run('redeem voucher', args);
    expectScreen('redeem voucher', ended, [
      onlyProgram,
      'Redeemed 120.5 of the voucher BIG of HR-100001. Left: 379.5.',
      'Key: order-1',
    ]);
    const again = resultOf(await run('redeem voucher', [...args, '--json']), RedeemVoucherResult);
    expect(again.records[0]).to.deep.include({ status: 'known', action: 'redeem', amount: 120.5, remaining: 379.5 });
    expect(redemptions()).to.equal(1);
    expect(voucher('BIG')?.['RemainingValue']).to.equal(379.5);
  });

  it('finds out after a lost answer by what is left of the voucher', async () => {
    await using relay = await Relay.open(shop.org, {
      after: ({ method, url }) => (method === 'POST' && url.includes('/redeem') ? 'cut' : undefined),
    });
    const args = ['--code', 'BIG', '--amount', '9.5', '--key', 'lost-1', '--json'];
    const lost = await run('redeem voucher', args, relay);
    expect(lost.code).to.equal(69);
    expect(resultOf(lost, RedeemVoucherResult).records[0]?.error?.message).to.contain(
      'sf loyalty redeem voucher --member HR-100001 --code BIG --amount 9.5 --key lost-1 ',
    );
    const found = resultOf(await run('redeem voucher', args), RedeemVoucherResult);
    expect(found.records[0]).to.deep.include({ status: 'known', remaining: 370 });
    expect(redemptions()).to.equal(1);
  });

  it('redeems the voucher of a contact, also after a lost answer', async () => {
    const contact = shop.org.store.insert('Contact', { LastName: 'Friend' });
    const { VoucherDefinitionId } = voucher('BIG')!;
    const row = { VoucherDefinitionId, ContactId: contact, Status: 'Issued', EffectiveDate: '2026-01-01' };
    for (const VoucherCode of ['FRIEND', 'PAIR', 'PAIR']) {
      shop.org.store.insert('Voucher', { ...row, VoucherCode, FaceValue: 10 });
    }
    const redeem = (args: readonly string[], org: Target = shop.org) =>
      cli.run('redeem voucher', ['--contact', contact, ...args, '--json'], { org });
    const part = await redeem(['--code', 'friend', '--amount', '4', '--key', 'f-1']);
    expect(resultOf(part, RedeemVoucherResult).records[0]).to.deep.include({
      ...{ status: 'done', member: null, contact, code: 'FRIEND', amount: 4, remaining: 6 },
    });
    await using relay = await Relay.open(shop.org, {
      after: ({ method, url }) => (method === 'POST' && url.includes('/redemption') ? 'cut' : undefined),
    });
    const rest = ['--code', 'FRIEND', '--key', 'f-2'];
    const lost = await redeem(rest, relay);
    expect(lost.code).to.equal(69);
    expect(resultOf(lost, RedeemVoucherResult).records[0]?.error?.message).to.contain(
      `--contact ${contact} --code FRIEND`,
    );
    expect(resultOf(await redeem(rest), RedeemVoucherResult).records[0]).to.include({ status: 'known', remaining: 0 });
    expect(seen(shop.org, 'POST', '/redemption')).to.equal(2);
    expect(errorOf(await redeem(['--code', 'BIG'])).message).to.equal(`The contact ${contact} has no voucher BIG.`);
    expect(errorOf(await redeem(['--code', 'PAIR'])).message).to.include('cannot tell them apart');
  });

  it('reserves under the key of the command, and redeems the reservation', async () => {
    const reserved = await run('redeem voucher', ['--code', 'SMALL', '--reserve', '--key', 'cart-1', '--json']);
    expect(resultOf(reserved, RedeemVoucherResult).records[0]).to.deep.include({
      ...{ status: 'done', action: 'reserve', reservationKey: 'cart-1', voucherStatus: 'Reserved' },
    });
    const refused = await run('redeem voucher', ['--code', 'SMALL']);
    expect(refused.code).to.equal(68);
    expect(refused.stderr).to.contain('INVALID_API_INPUT').and.to.contain('is reserved');
    const redeemed = await run('redeem voucher', ['--code', 'SMALL', '--reservation', 'cart-1']);
    expect(redeemed.stdout).to.include('\nRedeemed the voucher SMALL of HR-100001.\n');
    expect(voucher('SMALL')?.['Status']).to.equal('Redeemed');
  });

  it('names a wrong code, several vouchers and a wrong definition, and sends nothing', async () => {
    const [none, several, definition, amount, zero] = await Promise.all([
      run('redeem voucher', ['--code', 'NONE', '--json']),
      run('cancel voucher', ['--code', 'TWIN', '--no-prompt', '--json']),
      run('issue voucher', ['--definition', 'Six off', '--json']),
      run('redeem voucher', ['--code', 'BIG', '--amount', '999', '--json']),
      run('redeem voucher', ['--code', 'BIG', '--amount', '0', '--json']),
    ]);
    expect(errorOf(none).message).to.equal('The member HR-100001 has no voucher NONE.');
    expect(errorOf(none).actions?.[0]).to.contain(
      "sf loyalty list vouchers --member HR-100001 --program 'Harbour Rewards'",
    );
    expect(errorOf(several).message).to.match(/has 2 vouchers with the code TWIN. Their numbers: "\d{8}", "\d{8}"\.$/);
    expect(errorOf(definition).message).to.equal(
      'The program "Harbour Rewards" has no active voucher definition named "Six off". It has: "Five off a cake".',
    );
    expect(errorOf(amount).message).to.equal('The voucher BIG has 370 left, less than 999. Nothing was sent.');
    expect(errorOf(zero).message).to.equal('--amount: "0" is not an amount of a voucher.');
    expect([none.code, several.code, definition.code, amount.code, zero.code]).to.deep.equal([1, 1, 1, 1, 2]);
    expect(redemptions()).to.equal(0);
  });

  it('cancels only when sure, and recognizes a voucher that is cancelled', async () => {
    const [first] = shop.org.store.find('Voucher', { VoucherCode: 'TWIN' });
    const args = ['--code', 'TWIN', '--number', String(first?.['Name'])];
    const unsure = await run('cancel voucher', [...args, '--json']);
    expect(errorOf(unsure).message).to.contain('nobody can answer the prompt');
    expect(unsure.code).to.equal(1);
    const ended = await run('cancel voucher', [...args, '--no-prompt']);
    expectScreen('cancel voucher', ended, [onlyProgram, 'Cancelled the voucher TWIN of HR-100001.']);
    const again = resultOf(await run('cancel voucher', [...args, '--no-prompt', '--json']), CancelVoucherResult);
    expect(again.records[0]).to.include({ key: first?.Id, status: 'known' });
    expect(seen(shop.org, 'POST', '/program-processes/')).to.equal(1);
  });

  it('does not say that it has cancelled what the process has left as it was', async () => {
    const empty = { outputParameters: { outputParameters: { results: [] } }, status: true, message: null };
    const answer = { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(empty) };
    await using relay = await Relay.open(shop.org, {
      before: ({ url }) => (url.includes('/program-processes/') ? answer : undefined),
    });
    const ended = await run('cancel voucher', ['--code', 'BIG', '--no-prompt', '--json'], relay);
    expect(resultOf(ended, CancelVoucherResult)).to.have.nested.include({
      'records[0].status': 'unchanged',
      'counts.unchanged': 1,
    });
    expect(ended.code).to.equal(68);
    expect(voucher('BIG')?.['Status']).to.equal('Issued');
  });

  it('lists them within 80 columns, and by status', async () => {
    const ended = await run('list vouchers', []);
    const code = String(shop.org.store.first('Voucher', { Reason: 'sorry-1' })?.['VoucherCode']);
    expectScreen('list vouchers', ended, [
      onlyProgram,
      'Vouchers of HR-100001',
      '┌──────────┬─────────────────┬────────────┬────────────┬───────────┐',
      '│ Code     │ Voucher         │      Value │ Expires    │ Status    │',
      '├──────────┼─────────────────┼────────────┼────────────┼───────────┤',
      `│ ${code} │ Five off a cake │        7.5 │ 6/30/2035  │ Issued    │`,
      '│ BIG      │ Five off a cake │ 370 of 500 │ 12/31/2035 │ Issued    │',
      '│ TWIN     │ Five off a cake │          5 │ 12/31/2035 │ Issued    │',
      '│ SMALL    │ Five off a cake │          5 │ 12/31/2035 │ Redeemed  │',
      '│ TWIN     │ Five off a cake │          5 │ 12/31/2035 │ Cancelled │',
      '└──────────┴─────────────────┴────────────┴────────────┴───────────┘',
      '',
    ]);
    const { records } = resultOf(
      await run('list vouchers', ['--status', 'Redeemed,RESERVED', '--json']),
      ListVouchersResult,
    );
    expect(records.map(({ code, status }) => `${code} ${status}`)).to.deep.equal(['SMALL Redeemed']);
    expect(records[0]).to.include({ member: 'HR-100001', redeemedValue: 5, voucher: 'Five off a cake' });
  });
});
