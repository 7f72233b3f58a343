import { expect } from 'chai';
import { issueVoucherOnce, KeyConflictError, SqliteOutbox } from '../../../src/sync/index.js';
import { failureOf } from '../../client/loopback.js';
import { addVouchers, openShop } from '../../support/cliOrg.js';
import type { Shop } from '../../support/cliOrg.js';

const program = 'Harbour Rewards';

describe('issueVoucherOnce', () => {
  let shop: Shop;
  let memberId: string;

  before(async () => {
    shop = await openShop({ members: 1 });
    addVouchers(shop.org);
    ({ Id: memberId } = await shop.client.members.get(program, 'HR-100001'));
  });
  after(() => shop[Symbol.asyncDispose]());

  /** From another machine each time. */
  async function issue(key: string, definition = 'Five off a cake') {
    await using outbox = SqliteOutbox.inMemory();
    return await issueVoucherOnce(shop.client, { program, memberId, definition }, { key, calls: outbox.calls });
  }

  it('issues for keys that differ in case, which the org does not tell apart', async () => {
    expect(await issue('Sorry-1')).to.include({ status: 'done' });
    expect(await issue('sorry-1')).to.include({ status: 'done' });
    expect(await issue('Sorry-1')).to.include({ status: 'known' });
    expect(await issue('sorry-1')).to.include({ status: 'known' });
  });

  it('does not take a voucher of another definition for its own', async () => {
    await issue('gift-1');
    const error = await failureOf(issue('gift-1', 'Six off'));
    expect(error).to.be.instanceOf(KeyConflictError);
    expect(await issue('gift-1', 'five off a cake')).to.include({ status: 'known' });
  });
});
