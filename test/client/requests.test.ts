import { expect } from 'chai';
import nock from 'nock';
import { failureOf } from './loopback.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

const headers = {
  authorization: 'Bearer 00D!token',
  accept: 'application/json',
  'content-type': 'application/json',
};

/** The exact requests, as in the guides: method, path with its encoding, headers, body. */
describe('requests on the wire', () => {
  const client = clientOnTheWire();
  const post = (path: string, body: nock.DataMatcherMap) =>
    nock(origin, { reqheaders: headers }).post(`/services/data/v66.0${path}`, (sent) => {
      expect(sent).to.deep.equal(body);
      return true;
    });

  it('individual enrollment', async () => {
    const request = {
      enrollmentDate: '2026-02-14T09:30:00',
      membershipNumber: 'WX-20417',
      associatedContactDetails: {
        firstName: 'Ines',
        lastName: 'Okafor',
        email: 'ines@example.com',
        allowDuplicateRecords: false,
      },
      memberStatus: 'Active',
      enrollmentChannel: 'Web',
    } as const;
    const answer = {
      contactId: '003Ab00000K1mNo',
      loyaltyProgramMemberId: '0lMAb0000004T7u',
      loyaltyProgramName: 'Harbour Rewards',
      membershipNumber: 'WX-20417',
      transactionJournals: [],
    };
    post('/loyalty-programs/Harbour%20Rewards%20%26%20Co/individual-member-enrollments', request).reply(
      200,
      answer,
      contentType,
    );
    expect(await client.members.enroll('Harbour Rewards & Co', request)).to.deep.equal(answer);
  });

  it('individual enrollment, with everything that can be given', async () => {
    const request = {
      enrollmentDate: '2026-02-14T09:30:00',
      membershipNumber: 'WX-20418',
      associatedContactDetails: {
        lastName: 'Brandt',
        additionalContactFieldValues: { attributes: { PersonBirthdate: '1990-05-01', HasKids__pc: true } },
      },
      memberStatus: 'Active',
      additionalMemberFieldValues: { attributes: { Favourite_Store__c: 'Quay', Visits__c: 3 } },
      referredBy: 'WX-20417',
      referredByMemberReferralCode: 'INES-7K2Q',
      relatedCorporateMembershipNumber: 'CO-88',
      createTransactionJournals: true,
      transactionJournalStatementFrequency: 'Quarterly',
      transactionJournalStatementMethod: 'Email',
      enrollmentChannel: 'Pos',
      canReceivePromotions: true,
      canReceivePartnerPromotions: false,
      membershipEndDate: '2027-02-14T09:30:00',
    } as const;
    const answer = {
      loyaltyProgramMemberId: '0lMAb0000004T7v',
      loyaltyProgramName: 'Harbour Rewards',
      membershipNumber: 'WX-20418',
    };
    post('/loyalty-programs/Harbour%20Rewards/individual-member-enrollments', request).reply(200, answer, contentType);
    expect(await client.members.enroll('Harbour Rewards', request)).to.deep.equal(answer);
  });

  it('CreditPointsToMembers, under its name in the org', async () => {
    const journal = {
      ActivityDate: '2026-04-03T08:00:00Z',
      ExternalTransactionNumber: 'till9:000123',
      JournalTypeName: 'Accrual',
      MembershipNumber: 'WX-20417',
      Status: 'Processed',
    };
    post('/connect/loyalty/programs/Harbour%20Rewards/program-processes/credit%20Points', {
      processParameters: [{ TransactionJournal: journal, PointsToCredit: 120.5 }],
    }).reply(
      200,
      {
        message: null,
        outputParameters: { outputParameters: { results: [{ PointsCredited: 120.5 }] } },
        simulationDetails: {},
        status: true,
      },
      contentType,
    );
    const result = await client.points.credit('Harbour Rewards', {
      processName: 'credit Points',
      journal,
      points: 120.5,
    });
    expect(result).to.deep.equal({ pointsCredited: 120.5 });
  });

  it('GetMemberPromotions, with results nested twice and an image URL in the spelling of the guide', async () => {
    post('/connect/loyalty/programs/Harbour%20Rewards/program-processes/GetMemberPromotions', {
      processParameters: [{ MembershipNumber: 'WX-20417' }],
    }).reply(
      200,
      {
        message: null,
        outputParameters: {
          outputParameters: {
            results: [
              {
                promotionId: '0c8Ab0000000001',
                promotionName: 'Ten cups',
                memberEligibilityCategory: 'Eligible',
                promotionImageURL: 'https://example.com/cup.png',
              },
            ],
          },
        },
        simulationDetails: {},
        status: true,
      },
      contentType,
    );
    expect(await client.promotions.list('Harbour Rewards', { membershipNumber: 'WX-20417' })).to.deep.equal([
      {
        promotionId: '0c8Ab0000000001',
        promotionName: 'Ten cups',
        memberEligibilityCategory: 'Eligible',
        promotionImageUrl: 'https://example.com/cup.png',
      },
    ]);
  });

  it('GetMemberPromotions by Id, with results nested once and the spelling of the SDKs', async () => {
    post('/connect/loyalty/programs/Harbour%20Rewards/program-processes/View%20Promotions', {
      processParameters: [{ MemberId: '0lMAb0000004T7uAAE' }],
    }).reply(
      200,
      {
        status: true,
        outputParameters: {
          results: [{ promotionId: '0c8Ab0000000001', promotionImageUrl: 'https://example.com/cup.png' }],
        },
      },
      contentType,
    );
    const request = { memberId: '0lMAb0000004T7uAAE', processName: 'View Promotions' };
    expect(await client.promotions.list('Harbour Rewards', request)).to.deep.equal([
      { promotionId: '0c8Ab0000000001', promotionImageUrl: 'https://example.com/cup.png' },
    ]);
  });

  it('updateProgressForCumulativePromotionUsage', async () => {
    const inputs = [
      {
        loyaltyProgramMemberId: '0lMAb0000004T7uAAE',
        promotionId: '0c8Ab0000000001AAA',
        usageIncrementForCumulativePromotion: 2,
      },
    ];
    post('/actions/standard/updateProgressForCumulativePromotionUsage', { inputs }).reply(
      200,
      [
        {
          actionName: 'updateProgressForCumulativePromotionUsage',
          errors: null,
          isSuccess: true,
          outputValues: { cumulativeUsageTarget: 8, updatedCumulativeUsageCompleted: 6 },
        },
      ],
      contentType,
    );
    const keys = { memberId: '0lMAb0000004T7uAAE', promotionId: '0c8Ab0000000001AAA' };
    expect(await client.progress.advance({ ...keys, by: 2 })).to.deep.equal({ completed: 6, target: 8, percent: 75 });
  });

  it('real-time journals: new ones', async () => {
    const journals = [
      {
        ActivityDate: '2026-04-03T08:00:00Z',
        MembershipNumber: 'WX-20417',
        JournalTypeName: 'Accrual',
        TransactionAmount: '45.00',
        Quantity: 3,
      },
      {
        ActivityDate: '2026-04-03T08:01:00Z',
        MembershipNumber: 'WX-10002',
        JournalTypeName: 'Accrual',
        TransactionAmount: '-3.10',
        Quantity: 1,
      },
    ];
    const answer = {
      message: null,
      programName: 'Harbour Rewards',
      status: true,
      simulationResults: null,
      processResult: { memberPointsBalance: [], transactionJournalResult: [{ id: '0lV1' }, { id: '0lV2' }] },
    };
    post('/connect/realtime/loyalty/programs/Harbour%20Rewards', { transactionJournals: journals }).reply(
      200,
      answer,
      contentType,
    );
    expect(await client.journals.execute('Harbour Rewards', journals)).to.deep.equal(answer);
  });

  it('real-time journals: ones that the org already has', async () => {
    const journals = [{ Id: '0lVAb0000001xyzAAA' }];
    post('/connect/realtime/loyalty/programs/Harbour%20Rewards', { transactionJournals: journals }).reply(
      200,
      {
        status: true,
        processResult: { transactionJournalResult: [{ id: '0lVAb0000001xyzAAA' }] },
      },
      contentType,
    );
    await client.journals.execute('Harbour Rewards', journals);
  });

  it('a query, and its next page', async () => {
    const path = '/services/data/v66.0/query/01g9z0000000001AAA-2000';
    const first = {
      totalSize: 2,
      done: false,
      nextRecordsUrl: path,
      records: [{ Id: '0lp1', Name: 'A', Status: 'Active' }],
    };
    const second = { totalSize: 2, done: true, records: [{ Id: '0lp2', Name: 'B', Status: null }] };
    const org = nock(origin, { reqheaders: { authorization: headers.authorization } });
    org
      .get('/services/data/v66.0/query?q=SELECT%20Id%2C%20Name%2C%20Status%20FROM%20LoyaltyProgram%20ORDER%20BY%20Name')
      .reply(200, first, contentType);
    org.get(path).reply(200, second, contentType);
    expect(await client.programs.list()).to.deep.equal([...first.records, ...second.records]);
  });

  it('rows: create and update', async () => {
    post('/sobjects/LoyaltyProgram', { Name: 'Harbour Rewards' }).reply(
      201,
      { id: '0lp1', success: true, errors: [] },
      contentType,
    );
    expect(await client.sobjects.create('LoyaltyProgram', { Name: 'Harbour Rewards' })).to.equal('0lp1');

    nock(origin, { reqheaders: headers })
      .patch('/services/data/v66.0/sobjects/LoyaltyProgram/0lp1', { Status: 'Inactive' })
      .reply(204);
    await client.sobjects.update('LoyaltyProgram', '0lp1', { Status: 'Inactive' });
  });

  it('nothing is sent for no or more than 1,000 journals, or for a fraction of a use', async () => {
    const journal = { ActivityDate: '2026-04-03T08:00:00Z' };
    for (const wrong of [
      client.journals.execute('P', []),
      client.journals.execute(
        'P',
        Array.from({ length: 1001 }, () => journal),
      ),
      client.progress.advance({ memberId: '0lM', promotionId: '0c8', by: 1.5 }),
      client.progress.set({ memberId: '0lM', promotionId: '0c8', to: Number.NaN }),
    ]) {
      expect(await failureOf(wrong)).to.be.instanceOf(RangeError);
    }
  });
});

describe('answers that report a failure', () => {
  const client = clientOnTheWire();
  const increment = { memberId: '0lM', promotionId: '0c8', by: 1 };
  const element = { actionName: 'updateProgressForCumulativePromotionUsage', isSuccess: false, outputValues: null };

  it('a process with status false', async () => {
    nock(origin)
      .post(/program-processes/)
      .reply(200, { status: false, message: 'Inactive.', outputParameters: null }, contentType);
    const error = await failureOf(client.promotions.list('P', { membershipNumber: 'M' }));
    expect(error).to.include({ name: 'LoyaltyProcessError', message: 'Inactive.' });
  });

  it('a credit whose rule is not active: a success without a number', async () => {
    const answer = { status: true, message: null, outputParameters: { outputParameters: { results: [] } } };
    nock(origin)
      .post(/program-processes\/CreditPointsToMembers$/)
      .reply(200, answer, contentType);
    const journal = { ActivityDate: '2026-04-03T08:00:00Z' };
    expect(await client.points.credit('P', { journal, points: 1 })).to.deep.equal({ pointsCredited: null });
  });

  it('journals with status false', async () => {
    nock(origin)
      .post(/realtime/)
      .reply(200, { status: false, message: 'No process.', processResult: null }, contentType);
    const error = await failureOf(client.journals.execute('P', [{ ActivityDate: '2026-04-03T08:00:00Z' }]));
    expect(error).to.include({ name: 'LoyaltyProcessError', message: 'No process.' });
  });

  for (const status of [400, 200]) {
    it(`an action with HTTP ${status}`, async () => {
      const errors = [{ statusCode: 'INVALID_ID_FIELD', message: 'Not a promotion.', fields: ['promotionId'] }];
      nock(origin)
        .post(/actions/)
        .reply(status, [{ ...element, errors }], contentType);
      const error = await failureOf(client.progress.advance(increment));
      expect(error).to.deep.include({
        name: 'LoyaltyActionError',
        errorCode: 'INVALID_ID_FIELD',
        fields: ['promotionId'],
      });
    });
  }

  it('an action with errors as plain texts', async () => {
    nock(origin)
      .post(/actions/)
      .reply(400, [{ ...element, errors: ['Not a promotion.'] }], contentType);
    const error = await failureOf(client.progress.advance(increment));
    expect(error).to.include({ name: 'LoyaltyActionError', errorCode: null, message: 'Not a promotion.' });
  });

  it('an action that the org refuses as a whole', async () => {
    nock(origin)
      .post(/actions/)
      .reply(404, [{ errorCode: 'NOT_FOUND', message: 'No such action.' }], contentType);
    expect(await failureOf(client.progress.advance(increment))).to.include({ name: 'LoyaltyApiError', status: 404 });
  });

  it('an action that succeeds without its values', async () => {
    nock(origin)
      .post(/actions/)
      .reply(200, [{ ...element, isSuccess: true, errors: null, outputValues: {} }], contentType);
    const error = await failureOf(client.progress.advance(increment));
    expect(error).to.include({ name: 'LostAnswerError', kind: 'unreadable', mayHaveHappened: true });
  });
});
