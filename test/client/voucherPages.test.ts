import { expect } from 'chai';
import type { MemberVoucher } from '../../src/client/index.js';
import { Loopback, failureOf, json } from './loopback.js';
import { clientOf } from './fakeOrg.js';

const named = (from: number, count: number): MemberVoucher[] =>
  Array.from({ length: count }, (_, index) => ({ voucherId: `0kD${from + index}` }));

/** An org that answers these pages, and the last of them again and again. */
async function orgWithPages(pages: readonly MemberVoucher[][]): Promise<Loopback> {
  return Loopback.start((response, { url }) => {
    const page = Number(new URL(url, 'http://org').searchParams.get('pageNumber'));
    const vouchers = pages[Math.min(page, pages.length) - 1] ?? [];
    json(response, 200, { voucherCount: vouchers.length, vouchers });
  });
}

describe('all vouchers of a member', () => {
  it('are those of all pages, up to one that is not full', async () => {
    await using org = await orgWithPages([named(0, 200), named(200, 200), named(400, 3)]);
    expect(await clientOf(org).members.allVouchers('P', 'M-1')).to.have.lengthOf(403);
    expect(org.requests).to.have.lengthOf(3);
  });

  it('end with an empty page, where the last one is full', async () => {
    await using org = await orgWithPages([named(0, 200), []]);
    expect(await clientOf(org).members.allVouchers('P', 'M-1')).to.have.lengthOf(200);
  });

  it('count a voucher once that moved to a later page meanwhile', async () => {
    await using org = await orgWithPages([named(0, 200), named(199, 2)]);
    expect(await clientOf(org).members.allVouchers('P', 'M-1')).to.have.lengthOf(201);
  });

  it('are an error when an org that repeats a page would never end', async () => {
    await using org = await orgWithPages([named(0, 200)]);
    const error = await failureOf(clientOf(org).members.allVouchers('P', 'M-1'));
    expect(error).to.include({ name: 'LostAnswerError', isRead: true });
    expect((error as Error).message).to.include('do not end');
  });
});
