import { expect } from 'chai';
import { creditPoints, KeyConflictError } from '../../../src/sync/index.js';
import type { OnceResult, PointsCredit } from '../../../src/sync/index.js';
import { failureOf } from '../../client/loopback.js';
import { ok, processFailure } from '../org/answers.js';
import { clientOf } from '../org/fakeClient.js';
import { otherProgramId } from '../org/tables.js';
import { World } from '../org/world.js';

const minutes = 60_000;

type Answer = ReturnType<World['org']['other']>;

/** An org whose process credits points, and answers on demand. */
class Bank extends World {
  answer: Answer = ok({ status: true, outputParameters: { outputParameters: { results: [{ PointsCredited: 25 }] } } });
  /** Whether the process runs before it answers, and the status of its journal then. */
  status: string | undefined = 'Processed';

  constructor(numberLength = 255) {
    super([], { members: ['A1', 'B2'], numberLength });
    this.org.other = (call) => {
      const { TransactionJournal: journal } = (call.body as Body).processParameters[0];
      const { ExternalTransactionNumber: number, MembershipNumber: member } = journal;
      if (this.status !== undefined) this.hold({ number, member, status: this.status });
      return this.answer;
    };
  }

  hold(journal: Parameters<World['org']['tables']['insert']>[0], points?: number): void {
    const { id } = this.org.tables.insert(journal);
    if (points !== undefined) this.org.tables.credited.set(id, points);
  }

  credit(some: Partial<PointsCredit> & { key?: string } = {}): Promise<OnceResult<{ pointsCredited: number | null }>> {
    const { key = 'receipt-7', ...credit } = some;
    return creditPoints(
      clientOf(this.org),
      { program: 'Harbour Rewards', member: 'A1', points: 25, activityDate: '2026-04-03T08:00:00Z', ...credit },
      { key, calls: this.outbox.calls, clock: this.clock },
    );
  }
}

interface Body {
  readonly processParameters: readonly [
    { readonly TransactionJournal: { ExternalTransactionNumber: string; MembershipNumber: string } },
  ];
}

describe('creditPoints', () => {
  it('credits once, with the key in the journal', async () => {
    await using bank = new Bank();
    expect(await bank.credit()).to.deep.equal({ status: 'done', answer: { pointsCredited: 25 } });
    expect(await bank.credit()).to.deep.equal({ status: 'known', answer: { pointsCredited: 25 } });
    expect(bank.org.calls).to.have.length(1);
    expect(bank.org.calls[0]).to.deep.include({
      path: '/connect/loyalty/programs/Harbour%20Rewards/program-processes/CreditPointsToMembers',
      body: {
        processParameters: [
          {
            TransactionJournal: {
              ActivityDate: '2026-04-03T08:00:00Z',
              MembershipNumber: 'A1',
              JournalTypeName: 'Accrual',
              ExternalTransactionNumber: 'receipt-7',
              Status: 'Processed',
            },
            PointsToCredit: 25,
          },
        ],
      },
    });
  });

  it('finds out on any machine that it has credited', async () => {
    await using bank = new Bank();
    await bank.credit();
    await bank.freshOutbox();
    expect(await bank.credit()).to.deep.equal({ status: 'known', answer: { pointsCredited: null } });
    expect(bank.org.calls).to.have.length(1);
  });

  it('reports unknown if the answer was lost, and finds out when it is repeated', async () => {
    await using bank = new Bank();
    bank.answer = 'dropped';
    expect(await bank.credit()).to.include({ status: 'unknown' });
    expect(await bank.credit()).to.deep.equal({ status: 'known', answer: { pointsCredited: null } });
    expect(bank.org.calls).to.have.length(1);
  });

  it('credits after the window if it did not happen', async () => {
    await using bank = new Bank();
    const { answer } = bank;
    Object.assign(bank, { answer: 'timeout', status: undefined });
    await bank.credit();
    Object.assign(bank, { answer, status: 'Processed' });
    expect(await bank.credit()).to.include({ status: 'unknown' });
    await bank.clock.sleep(12 * minutes);
    expect(await bank.credit()).to.include({ status: 'done' });
    expect(bank.org.calls).to.have.length(2);
  });

  it('is not a credit if the journal of the process has an error', async () => {
    await using bank = new Bank();
    const { answer } = bank;
    Object.assign(bank, { answer: processFailure('The rule divides by zero.'), status: 'Error' });
    expect(await bank.credit()).to.include({ status: 'refused' });
    Object.assign(bank, { answer, status: 'Processed' });
    expect(await bank.credit()).to.include({ status: 'done' });
  });

  it('is done if the process reports a failure but its journal shows that it has run', async () => {
    await using bank = new Bank();
    bank.answer = processFailure('A flow behind it failed.');
    expect(await bank.credit()).to.include({ status: 'done' });
  });

  describe('finds what another machine or another sender has stored under its key', () => {
    const number = 'receipt-7';
    const own = { number, member: 'A1', status: 'Processed' };
    for (const [what, journal, points] of [
      ['of another member', { ...own, member: 'B2' }, undefined],
      ['of another member, with an error', { ...own, member: 'B2', status: 'Error' }, undefined],
      ['in another program', { ...own, program: otherProgramId }, undefined],
      ['with another number of points', own, 26],
    ] as const) {
      it(`a conflict, with what is there: ${what}`, async () => {
        await using bank = new Bank();
        bank.hold(journal, points);
        const error = await failureOf(bank.credit());
        expect(error).to.be.instanceOf(KeyConflictError);
        expect((error as Error).message).to.match(/receipt-7.*the journal 0lV\w+ of member 0lM\w+ in program 0lp\w+/);
        if (points !== undefined) expect((error as Error).message).to.include('with 26 points');
        expect(bank.org.calls).to.have.length(0);
      });
    }

    it('the same credit, whether or not its points can be read', async () => {
      for (const points of [25, undefined]) {
        await using bank = new Bank();
        bank.hold(own, points);
        expect(await bank.credit()).to.include({ status: 'known' });
        expect(bank.org.calls).to.have.length(0);
      }
    });

    it("the same credit, beside another member's journal", async () => {
      await using bank = new Bank();
      bank.hold({ ...own, member: 'B2' });
      bank.hold(own, 25);
      expect(await bank.credit()).to.include({ status: 'known' });
    });

    it('the same credit after a lost answer, which is compared too', async () => {
      await using bank = new Bank();
      Object.assign(bank, { answer: 'dropped', status: undefined });
      await bank.credit();
      bank.hold({ ...own, member: 'B2' });
      expect(await failureOf(bank.credit())).to.be.instanceOf(KeyConflictError);
    });

    it('only its own journal with an error, which has credited nothing', async () => {
      await using bank = new Bank();
      bank.hold({ ...own, status: 'Error' });
      expect(await bank.credit()).to.include({ status: 'done' });
    });
  });

  it('treats another number of points with the same key as a conflict', async () => {
    await using bank = new Bank();
    await bank.credit();
    expect(await failureOf(bank.credit({ points: 26 }))).to.be.instanceOf(KeyConflictError);
  });

  it('shortens a key that is too long for the field of the org, and finds it again', async () => {
    await using bank = new Bank(40);
    const key = 'till-of-the-harbour-cafe:2026-04-03:receipt-7';
    await bank.credit({ key });
    expect(bank.org.tables.journals[0]!.number).to.have.length(40);
    await bank.freshOutbox();
    expect(await bank.credit({ key })).to.include({ status: 'known' });
  });
});
