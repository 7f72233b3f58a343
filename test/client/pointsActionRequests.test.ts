import { expect } from 'chai';
import nock from 'nock';
import { standardActions } from '../../src/contract/actions/index.js';
import type { InputOf } from '../../src/contract/action.js';
import { failureOf } from './loopback.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

const memberId = '0lMAb0000004T7uAAE';
const journalId = '0lVAb0000000001AAA';
const program = { ProgramName: 'Harbour Rewards', ProgramCurrencyName: 'Stars' };
const member = { LoyaltyProgramMemberId: memberId, ...program };

/** The exact requests, and answers as the guide prints them. */
describe('requests of the actions for points', () => {
  const client = clientOnTheWire();
  const { actions } = client;

  /** An answer of version 64 and later. */
  const answering = (path: string, input: object, outputValues: object | null) => {
    const actionName = path.split('/').at(-1);
    const later = { invocationId: null, outcome: null, sortOrder: -1, version: 1 };
    nock(origin)
      .post(`/services/data/v66.0${path}`, (sent) => {
        expect(sent).to.deep.equal({ inputs: [input] });
        return true;
      })
      .reply(200, [{ actionName, errors: null, isSuccess: true, outputValues, ...later }], contentType);
  };

  it('a debit by a process, under its name in the org', async () => {
    const journal = {
      ActivityDate: '2026-04-03T08:00:00Z',
      JournalTypeName: 'Redemption',
      MembershipNumber: 'WX-20417',
    };
    const parameters = { TransactionJournal: journal, PointsToDebit: 100 };
    nock(origin)
      .post(
        '/services/data/v66.0/connect/loyalty/programs/Harbour%20Rewards/program-processes/debit%20Points',
        (sent) => {
          expect(sent).to.deep.equal({ processParameters: [parameters] });
          return true;
        },
      )
      .reply(
        200,
        {
          message: null,
          outputParameters: { outputParameters: { results: [{ PointsDebited: 100 }] } },
          simulationDetails: {},
          status: true,
        },
        contentType,
      );
    const debited = await client.points.debit('Harbour Rewards', { processName: 'debit Points', journal, points: 100 });
    expect(debited).to.deep.equal({ pointsDebited: 100 });
  });

  it('credit and debit', async () => {
    const input = { ...member, Points: 130.5, JournalId: journalId };
    // The guide spells a key of this answer in another way.
    const answer = { JournalId: journalId, LoyaltyprogramMemberId: memberId, ...program };
    answering('/actions/standard/creditPoints', { ...input, PointsExpirationDate: '2027-12-31' }, answer);
    const credit = { ...input, PointsExpirationDate: '2027-12-31' };
    expect(await actions.run(standardActions.creditPoints, credit)).to.include({ JournalId: journalId });
    answering('/actions/standard/debitPoints', input, { ...answer, PointsBalance: '130.0' });
    expect(await actions.run(standardActions.debitPoints, input)).to.include({ PointsBalance: 130 });
  });

  it('credit and debit, with everything that can be given', async () => {
    const input = {
      ...{ ...member, Points: 5, JournalId: journalId },
      LoyaltyProgramCurrencySubtypeName: 'Gift',
      CorrelationId: 'till9:000123',
      FlowId: '300Ab0000000001AAA',
      AdditionalNotes: 'Sorry for the wait',
    };
    for (const action of [standardActions.creditPoints, standardActions.debitPoints] as const) {
      answering(`/actions/standard/${action.name}`, input, { JournalId: journalId });
      expect(await actions.run(action, input)).to.deep.equal({ JournalId: journalId });
    }
  });

  it('adjust', async () => {
    const input: InputOf<typeof standardActions.adjustPoints> = {
      LoyaltyProgramMemberId: memberId,
      AdjustmentType: 'Credit',
      Points: 25,
      ReasonforChange: 'Till was down',
    };
    answering('/actions/standard/adjustPoints', input, { AdjustmentTransactionJournalId: journalId });
    const adjusted = await actions.run(standardActions.adjustPoints, input);
    expect(adjusted).to.deep.equal({ AdjustmentTransactionJournalId: journalId });
    const whole = {
      ...{ ...input, JournalId: journalId, LoyaltyProgramCurrencyId: '0lcAb0000000001AAA' },
      ...{ AdjustmentCategory: 'Goodwill', PointsExpirationDate: '2027-12-31' },
    };
    answering('/actions/standard/adjustPoints', whole, { AdjustmentTransactionJournalId: journalId });
    await actions.run(standardActions.adjustPoints, whole);
  });

  it('the balance, asked again when the org is busy, because it only reads', async () => {
    nock(origin)
      .post('/services/data/v66.0/actions/standard/getPointsBalance')
      .reply(503, [{ errorCode: 'SERVER_UNAVAILABLE', message: 'Busy' }], contentType);
    const error = await failureOf(actions.run(standardActions.getPointsBalance, member));
    expect(error).to.include({ isRead: true });
    const answer = { ...member, PointsBalance: 320, EscrowPointsBalance: 0 };
    answering('/actions/standard/getPointsBalance', member, answer);
    expect(await actions.run(standardActions.getPointsBalance, member)).to.deep.equal(answer);
  });

  it('transfers to a member and to groups', async () => {
    const input = {
      programName: 'Harbour Rewards',
      programCurrencyName: 'Stars',
      transferPoints: 20,
      sourceProgramMembershipNumber: 'WX-20417',
      targetProgramMembershipNumber: 'WX-20418',
    };
    const answer = { pointsTransferred: 20, sourceTransactionJournalId: journalId };
    answering('/actions/standard/transferPoints', input, answer);
    expect(await actions.run(standardActions.transferPoints, input)).to.deep.equal(answer);
    const byId = {
      programName: 'Harbour Rewards',
      sourceProgramMemberId: memberId,
      targetProgramMemberId: '0lMAb0000004T7vAAE',
      additionalInformation: 'A birthday gift',
    };
    answering('/actions/standard/transferPoints', byId, answer);
    expect(await actions.run(standardActions.transferPoints, byId)).to.deep.equal(answer);
    answering('/actions/standard/transferMemberPointsToGroups', { JournalId: journalId }, null);
    const shared = await actions.run(standardActions.transferMemberPointsToGroups, { JournalId: journalId });
    expect(shared).to.deep.equal({});
  });

  it('cancellations', async () => {
    const input = {
      TransactionJournalId: journalId,
      CancellationReason: 'Returned',
      ReversalCategory: 'Order Canceled',
    };
    const answer = { CancellationTransactionJournalId: '0lVAb0000000002AAA' };
    answering('/actions/standard/cancelAccrual', input, answer);
    expect(await actions.run(standardActions.cancelAccrual, input)).to.deep.equal(answer);
    const redemption = { ...input, ExpiryDate: '2027-01-31' };
    answering('/actions/standard/cancelRedemption', redemption, answer);
    expect(await actions.run(standardActions.cancelRedemption, redemption)).to.deep.equal(answer);
  });
});
