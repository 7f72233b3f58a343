import { Connection } from '@jsforce/jsforce-node';
import { expect } from 'chai';
import { endMembership, LoyaltyClient } from '../../src/client/index.js';
import type { MembershipEnding } from '../../src/client/index.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import type { RelayHooks } from '../support/cliRelay.js';

const program = 'Harbour Rewards';

/** What is said must be known, also if the status of the member is changed by somebody else at the same time. */
describe('the end of a membership', () => {
  let shop: Shop;
  let memberId: string;

  beforeEach(async () => {
    shop = await openShop({ members: 1 });
    memberId = shop.org.store.first('LoyaltyProgramMember', { MembershipNumber: 'HR-100001' })?.Id ?? '';
    const values = { Name: 'UnenrollMember', ProcessType: 'UnenrollMember', Status: 'Active' };
    const [{ Id: LoyaltyProgramId } = { Id: '' }] = shop.org.store.find('LoyaltyProgram', {});
    shop.org.store.insert('LoyaltyProgramProcess', { ...values, LoyaltyProgramId });
  });

  afterEach(() => shop[Symbol.asyncDispose]());

  const set = (MemberStatus: string): void => {
    shop.org.store.update('LoyaltyProgramMember', memberId, { MemberStatus });
  };

  /** Ends the membership by the process, through a relay. */
  async function end(hooks: RelayHooks): Promise<MembershipEnding> {
    await using relay = await Relay.open(shop.org, hooks);
    const { accessToken } = shop.org;
    const client = new LoyaltyClient(new Connection({ instanceUrl: relay.url, accessToken, version: '66.0' }));
    const membership = { program, memberId, before: 'Active' };
    return await endMembership(client, membership, () => client.members.unenroll(program, { memberId }));
  }

  const isProcess = ({ url }: { url: string }) => url.includes('/program-processes/');
  /** The process does nothing, as without an active rule, and meanwhile another sender writes. */
  const idle = (status: string): RelayHooks => ({
    before: (call) => {
      if (!isProcess(call)) return undefined;
      set(status);
      const body = JSON.stringify({
        status: true,
        message: null,
        simulationDetails: {},
        outputParameters: { outputParameters: { results: [{}] } },
      });
      return { status: 200, headers: { 'content-type': 'application/json' }, body };
    },
  });

  it('is reported if the org says so and the status shows it', async () => {
    expect(await end({})).to.deep.equal({ status: 'unenrolled', after: 'Inactive' });
    set('Active');
    expect(await end(idle('Active'))).to.deep.equal({ status: 'unchanged', after: 'Active' });
  });

  it('is not taken from another status that somebody else has set', async () => {
    expect(await end(idle('Merged'))).to.deep.equal({ status: 'unclear', after: 'Merged' });
  });

  it('can be ours or not after a lost answer', async () => {
    const lost = await end({ after: (call) => isProcess(call) && 'cut' });
    expect(lost).to.include({ status: 'unclear', after: 'Inactive' });
    expect(lost.error?.message).to.be.a('string').and.not.equal('');
    set('Active');
    const other = await end({
      before: (call) => {
        if (!isProcess(call)) return undefined;
        set('Inactive');
        return 'cut';
      },
    });
    expect(other).to.include({ status: 'unclear', after: 'Inactive' });
  });

  it('is open while a lost call shows nothing', async () => {
    expect(await end({ before: (call) => isProcess(call) && 'cut' })).to.include({
      status: 'unknown',
      after: 'Active',
    });
  });
});
