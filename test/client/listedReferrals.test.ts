import { expect } from 'chai';
import nock from 'nock';
import { joinReferralPromotion, referFriend } from '../../src/client/index.js';
import { openShop, seen } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { addReferralPromotion } from '../support/cliReferrals.js';
import { failureOf } from './loopback.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

const program = 'Harbour Rewards';
const activityDateTime = '2026-03-09T10:00:00';

describe('the referrals of a program', () => {
  let shop: Shop;
  let promotionId: string;

  beforeEach(async () => {
    shop = await openShop({ members: 2 });
    promotionId = addReferralPromotion(shop.org);
  });

  afterEach(() => shop[Symbol.asyncDispose]());

  const join = async (membershipNumber: string): Promise<string> => {
    const promotion = await shop.client.referrals.promotion(program, promotionId);
    return (await joinReferralPromotion(shop.client, program, { promotion, membershipNumber })).referralCode;
  };

  it('are listed with friend, stage, advocate and rewards, the latest first', async () => {
    const { client } = shop;
    const [one, two] = [await join('HR-100001'), await join('HR-100002')];
    const friend = { firstName: 'Michael', lastName: 'Clare', email: 'mclare@example.com', referralCode: one };
    const refer = (more: object) =>
      referFriend(client, program, { activityDateTime, eventType: 'Refer', ...friend, ...more });
    await refer({});
    await refer({ eventType: 'Enrollment' });
    await refer({ eventType: 'Purchase', purchaseAmount: 12 });
    const later = { activityDateTime: '2026-03-10T10:00:00', email: 'ana@example.com', lastName: 'Costa' };
    await refer({ ...later, referralCode: two });

    const [latest, first, ...others] = await client.referrals.list(program);
    expect(others).to.deep.equal([]);
    expect(latest).to.include({ friendName: 'Michael Costa', advocate: 'HR-100002', referralDate: '2026-03-10' });
    expect(latest?.rewards).to.deep.equal([]);
    const { id, name, friendId, rewards, ...rest } = first!;
    expect([id, name, friendId].map((text) => text?.slice(0, 3))).to.deep.equal(['0wi', '000', '003']);
    expect(rest).to.deep.equal({
      ...{ referralDate: '2026-03-09', friendName: 'Michael Clare', advocate: 'HR-100001' },
      ...{ stage: 'Friend Completes First Purchase', stageType: 'Friend Completes First Purchase' },
      ...{ promotionId, promotionName: 'Bring a friend' },
    });
    const code = shop.org.store.first('Voucher', { ContactId: friendId })?.['VoucherCode'];
    expect(rewards).to.have.deep.members([
      { for: 'friend', voucher: 'Welcome', code },
      { for: 'advocate', points: 50, currency: 'Stars' },
    ]);

    const advocate = shop.org.store.first('LoyaltyProgramMember', { MembershipNumber: 'HR-100002' });
    const filters = [
      { referrerIds: [String(advocate?.['ContactId'])] },
      { limit: 1 },
      { promotionId, referrerIds: [] },
    ];
    const found = await Promise.all(filters.map((filter) => client.referrals.list(program, filter)));
    expect(found.map((rows) => rows.map((row) => row.advocate))).to.deep.equal([['HR-100002'], ['HR-100002'], []]);
    expect(String(await failureOf(client.referrals.list('Nope')))).to.include('no loyalty program named "Nope"');
  });

  it('move once: what was done is not sent again, also after a lost answer', async () => {
    const referralCode = await join('HR-100001');
    const event = { referralCode, activityDateTime, eventType: 'Refer' as const, email: 'ana@example.com' };
    shop.org.faults.add({ fault: 'drop', share: 0, match: { pathPattern: '/referral-program/' } });
    expect(await failureOf(referFriend(shop.client, program, event))).to.include({ name: 'LostAnswerError' });
    expect(await referFriend(shop.client, program, event)).to.include({ status: 'exists', advocate: 'HR-100001' });
    expect(seen(shop.org, 'POST', '/referral-event')).to.equal(1);
  });

  it('belong to a code of nobody only for the org, which refuses it', async () => {
    const event = {
      referralCode: 'NOBODY-FRIEND',
      activityDateTime,
      eventType: 'Refer' as const,
      email: 'a@b.example',
    };
    expect(String(await failureOf(referFriend(shop.client, program, event)))).to.include('does not exist');
  });
});

describe('the list of referrals on the wire', () => {
  const client = clientOnTheWire();
  const query = '/services/data/v66.0/query';
  const answering = (records: readonly object[]) => ({ totalSize: records.length, done: true, records });

  it('asks for the referrals of a promotion and its advocates, then for what their friends got', async () => {
    const asked: string[] = [];
    const answerTo = (records: readonly object[]): void => {
      nock(origin)
        .get(query)
        .query(({ q }) => asked.push(String(q)) > 0)
        .reply(200, answering(records), contentType);
    };
    answerTo([
      {
        ...{ Id: '0wi1Q000000ljna', Name: '00000001', ReferralDate: '2026-03-09', ReferrerId: '003xx0000000001' },
        ...{ ReferredPartyId: '003xx0000000002', ReferredParty: { Name: 'Michael Clare' }, PromotionId: '0c81' },
        ...{ CurrentPromotionStage: null, Promotion: { Name: 'Bring a friend' } },
      },
    ]);
    answerTo([
      {
        Id: '0lMxx0000000001',
        MembershipNumber: 'M1',
        ContactId: '003xx0000000001',
        AccountId: null,
        ReferralCode: 'A',
      },
    ]);
    answerTo([]);
    answerTo([]);
    const [row] = await client.referrals.list("O'Hara", {
      promotionId: '0c81',
      referrerIds: ['003xx0000000001'],
      limit: 5,
    });
    expect(row).to.include({ advocate: 'M1', friendName: 'Michael Clare', stage: null });
    expect(asked[0]).to.match(/^SELECT Id, Name, ReferralDate, .* FROM Referral WHERE /);
    expect(asked[0]?.split(' WHERE ')[1]).to.equal(
      "Promotion.LoyaltyProgram.Name = 'O\\'Hara' AND ReferrerId IN ('003xx0000000001') AND PromotionId = '0c81' " +
        'ORDER BY ReferralDate DESC, Name DESC LIMIT 5',
    );
    expect(asked[1]).to.include("FROM LoyaltyProgramMember WHERE Program.Name = 'O\\'Hara' AND (ContactId IN ('003xx");
    expect(asked.slice(2).map((soql) => / FROM (\w+) /.exec(soql)?.[1])).to.deep.equal(['Voucher', 'LoyaltyLedger']);
    expect(asked[2]).to.include("TransactionJournal.ReferredPartyId IN ('003xx0000000002')");
  });
});
