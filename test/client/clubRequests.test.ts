import { expect } from 'chai';
import nock from 'nock';
import { failureOf } from './loopback.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

/** The exact requests, and answers as in the guide. */
describe('requests about clubs and partners', () => {
  const client = clientOnTheWire();

  const posting = (path: string, body: object, answer: nock.Body, status = 200): nock.Scope =>
    nock(origin)
      .post(`/services/data/v66.0${path}`, body as nock.DataMatcherMap)
      .reply(status, answer, contentType);

  it('an enrollment in a club, of an existing member and of a new person', async () => {
    const path = '/loyalty-programs/Harbour%20Rewards/clubs/Coffee%20Club/member-enrollment';
    const answer = { clubMembershipNumber: 'CC-1', message: null, status: true };
    const dates = { enrollmentDate: '2026-02-14T09:30:00', membershipEndDate: '2027-02-14T00:00:00' };
    const member = { ...dates, clubMembershipNumber: 'CC-1', memberStatus: 'Active', membershipBy: 'Paid' };
    for (const whom of [
      { loyaltyMembershipNumber: 'WX-20417' },
      { contactId: '003Ab00000K1mNoAAC' },
      { accountId: '001Ab00000K1mNoAAC' },
      {
        associatedContactDetails: {
          ...{ firstName: 'Ines', lastName: 'Okafor', email: 'ines@example.com', allowDuplicateRecords: false },
          additionalContactFieldValues: { attributes: { Title: 'Captain' } },
        },
      },
      {
        associatedAccountDetails: {
          ...{ name: 'Okafor Shipping', phone: '+15550100', website: 'okafor.example.com' },
          additionalAccountFieldValues: { attributes: { Industry: 'Shipping' } },
        },
      },
    ]) {
      posting(path, { ...member, ...whom }, answer);
      expect(await client.clubs.enroll('Harbour Rewards', 'Coffee Club', { ...member, ...whom })).to.deep.equal(answer);
    }
  });

  it('a renewal, and one that fails with HTTP 200', async () => {
    const path = '/loyalty-programs/Harbour%20Rewards/clubs/Coffee/membership-renewal';
    const request = {
      clubMembershipNumber: 'CC-1',
      loyaltyMembershipNumber: 'WX-20417',
      clubMembershipEndDate: '2028-02-14T00:00:00',
      renewalPeriod: 12,
      renewalPeriodType: 'Months' as const,
      notes: 'A year more',
      externalIdentifier: 'order-1',
      orderItemId: '802Ab0000000001AAA',
    };
    const answer = { clubMembershipEndDate: '2028-02-14T00:00:00.000Z', clubMembershipNumber: 'CC-1', status: true };
    posting(path, request, { ...answer, message: null });
    expect(await client.clubs.renew('Harbour Rewards', 'Coffee', request)).to.deep.equal({ ...answer, message: null });
    posting(path, {}, { message: 'Nobody is named.', status: false });
    const error = await failureOf(client.clubs.renew('Harbour Rewards', 'Coffee', {}));
    expect(error).to.include({ name: 'LoyaltyProcessError' });
    expect(String(error)).to.include('Nobody is named.');
  });

  it('the profile of a club member, whose root is one object or a list', async () => {
    const path = '/club/members';
    const profile = {
      clubId: '0lgAb0000000001AAA',
      clubName: 'Coffee',
      clubMembershipId: '0lyAb0000000001AAA',
      clubMembershipNumber: 'CC-1',
      benefits: [{ benefitId: '0jiAb0000000001AAA', isActive: true }],
      promotions: [],
    };
    const filter = {
      programName: 'Harbour Rewards',
      clubName: 'Coffee',
      clubMembershipNumber: 'CC-1',
      loyaltyMembershipNumber: 'WX-20417',
      contactId: '003Ab00000K1mNoAAC',
    };
    const query =
      '?programName=Harbour%20Rewards&clubName=Coffee&clubMembershipNumber=CC-1&loyaltyMembershipNumber=WX-20417' +
      '&contactId=003Ab00000K1mNoAAC';
    for (const answer of [profile, [profile]]) {
      nock(origin).get(`/services/data/v66.0${path}${query}`).reply(200, answer, contentType);
      expect(await client.clubs.profiles(filter)).to.deep.equal([profile]);
    }
  });

  it('no membership: 404, a refused input, or a profile without one', async () => {
    const nobody = { programName: 'Harbour Rewards', clubName: 'Coffee', loyaltyMembershipNumber: 'WX-1' };
    const answers: [number, nock.Body][] = [
      [404, [{ errorCode: 'NOT_FOUND', message: 'No such member.' }]],
      [400, [{ errorCode: 'INVALID_API_INPUT', message: 'No such member.' }]],
      [200, { clubId: '0lgAb0000000001AAA', clubMembershipId: null }],
    ];
    for (const [status, body] of answers) {
      nock(origin).get('/services/data/v66.0/club/members').query(nobody).reply(status, body, contentType);
      expect(await client.clubs.membership('Harbour Rewards', 'Coffee', 'WX-1')).to.equal(undefined);
    }
    nock(origin).get('/services/data/v66.0/club/members').query(nobody).reply(403, [], contentType);
    expect(await failureOf(client.clubs.membership('Harbour Rewards', 'Coffee', 'WX-1'))).to.include({ status: 403 });
  });

  it('a link to a partner, and its end', async () => {
    const of = { membershipNumber: 'WX-20417', partner: 'Sky Air' };
    const link = '/loyalty/programs/Harbour%20Rewards/members/WX-20417/partners/Sky%20Air/link';
    const linking = { externalId: 'SKY-7', additionalAttributes: { Card__c: '77' } };
    posting(link, linking, { linkNumber: '00000028', message: null, status: true });
    expect(await client.partners.link('Harbour Rewards', of, linking)).to.equal('00000028');
    const unlink = '/loyalty/programs/Harbour%20Rewards/members/WX-20417/partners/Sky%20Air/unlink';
    const ending = {
      linkNumber: '00000028',
      externalId: 'SKY-7',
      unlinkReasonType: 'USER_REQUEST',
      comments: 'Moved away',
    };
    posting(unlink, ending, { message: null, status: true });
    await client.partners.unlink('Harbour Rewards', of, ending);
    posting(unlink, {}, { message: 'Give linkNumber or externalId.', status: false });
    expect(await failureOf(client.partners.unlink('Harbour Rewards', of))).to.include({ name: 'LoyaltyProcessError' });
  });
});
