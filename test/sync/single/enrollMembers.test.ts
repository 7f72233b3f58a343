import { expect } from 'chai';
import { seededRandom } from '../../../src/base/random.js';
import type { IndividualEnrollmentRequest } from '../../../src/client/index.js';
import { enrollMembers, StoppedError } from '../../../src/sync/index.js';
import type { EnrollmentRecord, EnrollOptions } from '../../../src/sync/index.js';
import { failureOf } from '../../client/loopback.js';
import { failure, ok } from '../org/answers.js';
import { clientOf } from '../org/fakeClient.js';
import { World } from '../org/world.js';

type Answer = ReturnType<World['org']['other']>;

/** An org that enrolls, unless it has another answer first. */
class Desk extends World {
  says: (number: string, calls: number) => Answer | undefined = () => undefined;

  constructor(members: readonly string[] = []) {
    super([], { members });
    this.org.other = ({ body }) => {
      const { membershipNumber } = body as IndividualEnrollmentRequest;
      const said = this.says(membershipNumber, this.org.calls.length);
      if (said !== undefined) return said;
      if (this.org.tables.memberId(membershipNumber)) return failure(400, 'DUPLICATE_VALUE', 'duplicate value found');
      const loyaltyProgramMemberId = this.org.tables.enrol(membershipNumber);
      return ok({ loyaltyProgramMemberId, loyaltyProgramName: 'Harbour Rewards', membershipNumber });
    };
  }

  read(numbers: readonly string[], options: EnrollOptions = {}): AsyncGenerator<EnrollmentRecord, void, void> {
    return enrollMembers(clientOf(this.org), 'Harbour Rewards', numbers.map(toRequest), {
      clock: this.clock,
      random: seededRandom(1),
      ...options,
    });
  }

  async enroll(...[numbers, options]: Parameters<Desk['read']>): Promise<Record<string, string>> {
    const records = await Array.fromAsync(this.read(numbers, options));
    return Object.fromEntries(records.map(({ membershipNumber, status }) => [membershipNumber, status]));
  }
}

function toRequest(membershipNumber: string): IndividualEnrollmentRequest {
  return {
    enrollmentDate: '2026-04-03T08:00:00',
    membershipNumber,
    associatedContactDetails: { lastName: membershipNumber },
    memberStatus: 'Active',
  };
}

describe('enrollMembers', () => {
  it('enrolls new members, ignoring case, and does not change the others', async () => {
    await using desk = new Desk(['M2']);
    expect(await desk.enroll(['M1', 'm2', 'M3'])).to.deep.equal({ M1: 'enrolled', m2: 'exists', M3: 'enrolled' });
    expect(desk.org.calls).to.have.length(2);
    expect(await desk.enroll(['M1', 'M2', 'M3'])).to.deep.equal({ M1: 'exists', M2: 'exists', M3: 'exists' });
    expect(desk.org.calls).to.have.length(2);
  });

  it('returns the Id of every member, in the order of the input', async () => {
    await using desk = new Desk(['M2']);
    const records = await Array.fromAsync(desk.read(['M1', 'M2', 'M3'], { concurrency: 3 }));
    const ids = ['M1', 'M2', 'M3'].map((number) => desk.org.tables.memberId(number));
    expect(records.map(({ memberId }) => memberId)).to.deep.equal(ids);
  });

  it('enrolls a number that is twice in the input once', async () => {
    await using desk = new Desk();
    const records = await Array.fromAsync(desk.read(['M1', 'M1']));
    expect(records.map(({ status }) => status)).to.deep.equal(['enrolled', 'exists']);
  });

  it('does not confuse another unique value with the number', async () => {
    await using desk = new Desk();
    desk.says = () => failure(400, 'DUPLICATE_VALUE', 'duplicate value found: Email__c');
    const records = await Array.fromAsync(desk.read(['M1']));
    expect(records).to.deep.equal([
      {
        membershipNumber: 'M1',
        status: 'failed',
        error: { code: 'DUPLICATE_VALUE', message: 'duplicate value found: Email__c' },
      },
    ]);
  });

  it('repeats requests that the org puts off, and gives up after a few times', async () => {
    await using desk = new Desk();
    desk.says = (number, calls) =>
      number === 'M2' || calls < 3 ? failure(429, 'TOO_MANY_REQUESTS', 'Fewer, please.') : undefined;
    const startedAt = desk.clock.now();
    expect(await desk.enroll(['M1', 'M2'], { concurrency: 1 })).to.deep.equal({ M1: 'enrolled', M2: 'open' });
    expect(desk.org.calls.length).to.equal(10);
    expect(desk.clock.now() - startedAt).to.be.within(20_000, 120_000);
  });

  it('looks up a member whose answer was lost, and finds an existing one', async () => {
    await using desk = new Desk();
    desk.says = (number) => {
      desk.org.tables.enrol(number);
      return 'dropped';
    };
    expect(await desk.enroll(['M1'])).to.deep.equal({ M1: 'exists' });
  });

  it('reports unknown if an answer was lost', async () => {
    await using desk = new Desk();
    desk.says = (number) => (number === 'M1' ? 'timeout' : undefined);
    expect(await desk.enroll(['M1', 'M2'])).to.deep.equal({ M1: 'unknown', M2: 'enrolled' });
  });

  it('stops at a failure that every further call would meet, after reporting what was tried', async () => {
    await using desk = new Desk();
    desk.says = (number) => (number === 'M3' ? failure(401, 'INVALID_SESSION_ID') : undefined);
    const told: string[] = [];
    const reading = async (): Promise<void> => {
      const numbers = Array.from({ length: 20 }, (_, index) => `M${index + 1}`);
      for await (const { membershipNumber } of desk.read(numbers, { concurrency: 4 })) told.push(membershipNumber);
    };
    const error = await failureOf(reading());
    expect(error).to.be.instanceOf(StoppedError);
    const enrolled = told.filter((number) => desk.org.tables.memberId(number));
    expect(told).to.deep.equal(enrolled);
    // M4 was in progress when M3 was turned away. It is enrolled, so it is reported.
    expect(told.slice(0, 3)).to.deep.equal(['M1', 'M2', 'M4']);
    expect(told.length).to.be.below(8);
    expect(desk.org.tables.memberId('M20')).to.equal(undefined);
  });

  it('ends on request, and can be given the same input again', async () => {
    await using desk = new Desk();
    const abort = new AbortController();
    desk.says = (_, calls) => {
      if (calls === 3) abort.abort();
      return undefined;
    };
    const numbers = ['M1', 'M2', 'M3', 'M4', 'M5'];
    expect(await desk.enroll(numbers, { concurrency: 1, signal: abort.signal })).to.have.all.keys('M1', 'M2', 'M3');
    expect(await desk.enroll(numbers)).to.deep.include({ M3: 'exists', M4: 'enrolled', M5: 'enrolled' });
  });

  it('enrolls nobody else if nobody reads further', async () => {
    await using desk = new Desk();
    const numbers = Array.from({ length: 50 }, (_, index) => `M${index + 1}`);
    for await (const { status } of desk.read(numbers, { concurrency: 2 })) {
      expect(status).to.equal('enrolled');
      break;
    }
    const calls = desk.org.calls.length;
    await desk.clock.sleep(60_000);
    expect(desk.org.calls).to.have.length(calls);
    expect(calls).to.be.below(5);
  });

  it('looks up members in chunks, and keeps only one chunk in memory', async () => {
    await using desk = new Desk();
    let taken = 0;
    function* many(): Iterable<IndividualEnrollmentRequest> {
      for (let index = 1; index <= 2500; index++) {
        taken = index;
        yield toRequest(`M${index}`);
      }
    }
    const records = enrollMembers(clientOf(desk.org), 'Harbour Rewards', many(), { clock: desk.clock });
    await records.next();
    expect(taken).to.equal(1000);
    await records.return();
  });
});
