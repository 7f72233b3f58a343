import { expect } from 'chai';
import { LostAnswerError, LoyaltyApiError } from '../../../src/client/index.js';
import { KeyConflictError, SqliteOutbox } from '../../../src/sync/index.js';
import type { KeyedCall } from '../../../src/outbox/index.js';
import type { OnceOptions } from '../../../src/sync/index.js';
import { once } from '../../../src/sync/keyed/keyedCall.js';
import type { OnceCall } from '../../../src/sync/keyed/keyedCall.js';
import { failureOf } from '../../client/loopback.js';
import { VirtualClock } from '../../support/virtualClock.js';
import { failure } from '../org/answers.js';

const minutes = 60_000;
const lost = new LostAnswerError('timeout', 'No answer.', true);
const refused = new LoyaltyApiError(failure(400, 'REQUIRED_FIELD_MISSING'));
/** The org has answered, and may have stored something all the same. */
const perhaps = new LoyaltyApiError(failure(400, 'REQUEST_RUNNING_TOO_LONG'));

/** A counter in an org, and a call that adds to it. The next calls throw `fails`, in order. */
class Counter implements OnceCall<number> {
  value = 0;
  sent = 0;
  leavesKey = true;
  before?: () => Promise<unknown>;
  readonly #fails: (Error | undefined)[];

  constructor(...fails: (Error | undefined)[]) {
    this.#fails = fails;
  }

  /** Without a key in the org, only the value before the call can be compared. */
  withoutKey(): this {
    this.leavesKey = false;
    this.before = async () => this.value;
    return this;
  }

  async send(): Promise<number> {
    this.sent += 1;
    const failure = this.#fails.shift();
    if (!failure || failure === lostAfterCommit || failure === perhapsAfterCommit) this.value += 1;
    if (failure) throw failure;
    return this.value;
  }

  async check(before: unknown): Promise<{ answer: number } | 'absent' | 'unclear'> {
    const done = this.leavesKey ? this.value : this.value - Number(before);
    if (done === 0) return 'absent';
    return done === 1 ? { answer: this.value } : 'unclear';
  }
}

const lostAfterCommit = new LostAnswerError('dropped', 'No answer.', true);
const perhapsAfterCommit = new LoyaltyApiError(failure(400, 'REQUEST_RUNNING_TOO_LONG'));

describe('a single call with a key', () => {
  let clock: VirtualClock;
  let outbox: SqliteOutbox;
  const options = (content: unknown = 'one coffee'): OnceOptions => ({
    calls: outbox.calls,
    key: 'receipt-7',
    content,
    clock,
    settle: 10 * minutes,
  });

  beforeEach(() => {
    clock = new VirtualClock();
    outbox = SqliteOutbox.inMemory({ clock });
  });

  afterEach(() => outbox.close());

  for (const [kind, counter] of [
    ['that leaves its key in the org', (...fails: Error[]) => new Counter(...fails)],
    ['that leaves none', (...fails: Error[]) => new Counter(...fails).withoutKey()],
  ] as const) {
    describe(kind, () => {
      it('is not sent by a process that was stopped while its intent was being stored', async () => {
        const call = counter();
        const { calls } = outbox;
        const stopping = {
          find: (key: string) => calls.find(key),
          end: (ended: KeyedCall) => calls.end(ended),
          begin: async (...given: Parameters<typeof calls.begin>) => {
            const begun = await calls.begin(...given);
            await clock.sleep(11 * minutes);
            await once(options(), call);
            await clock.sleep(11 * minutes);
            await once(options(), call);
            return begun;
          },
        };
        expect(await once({ ...options(), calls: stopping }, call)).to.include({
          status: 'unknown',
        });
        expect(call.sent).to.equal(1);
        expect(await once(options(), call)).to.deep.equal({ status: 'known', answer: 1 });
      });

      it('is sent, and recognized when it is repeated', async () => {
        const call = counter();
        expect(await once(options(), call)).to.deep.equal({ status: 'done', answer: 1 });
        expect(await once(options(), call)).to.deep.equal({ status: 'known', answer: 1 });
        expect(call.sent).to.equal(1);
      });

      it('is stored before it is sent', async () => {
        const call = counter();
        const send = call.send.bind(call);
        call.send = async () => {
          expect(await outbox.calls.find('receipt-7')).to.include({ state: 'sent', sentAt: clock.now() });
          return send();
        };
        expect(await once(options(), call)).to.include({ status: 'done' });
      });

      it('with the same key and other content is a conflict, and nothing is sent', async () => {
        const call = counter();
        await once(options(), call);
        expect(await failureOf(once(options('two coffees'), call))).to.be.instanceOf(KeyConflictError);
        expect(call.sent).to.equal(1);
      });

      it('that was refused is sent again', async () => {
        const call = counter(refused);
        expect(await once(options(), call)).to.have.nested.property('failure.code', 'REQUIRED_FIELD_MISSING');
        expect(await once(options(), call)).to.deep.equal({ status: 'done', answer: 1 });
      });

      it('whose answer was lost is unknown, and is found when it is repeated', async () => {
        const call = counter(lostAfterCommit);
        const until = clock.now() + 10 * minutes;
        const unknown = { status: 'unknown', why: 'lost', until, message: 'No answer.' };
        expect(await once(options(), call)).to.deep.equal(unknown);
        expect(await once(options(), call)).to.deep.equal({ status: 'known', answer: 1 });
        expect(await once(options(), call)).to.deep.equal({ status: 'known', answer: 1 });
        expect(call.sent).to.equal(1);
      });

      it('whose answer was lost is not sent again within the window, and is sent again after it', async () => {
        const call = counter(lost);
        await once(options(), call);
        await clock.sleep(9 * minutes);
        expect(await once(options(), call)).to.include({ status: 'unknown' });
        expect(call.sent).to.equal(1);
        await clock.sleep(1 * minutes);
        expect(await once(options(), call)).to.deep.equal({ status: 'done', answer: 1 });
        expect(call.sent).to.equal(2);
      });

      it('is not sent again before the window has passed since the process stopped waiting, however long it slept', async () => {
        const call = counter();
        const send = call.send.bind(call);
        call.send = async () => {
          await clock.sleep(60 * minutes);
          throw lost;
        };
        expect(await once(options(), call)).to.include({ status: 'unknown', until: clock.now() + 10 * minutes });
        call.send = send;
        await clock.sleep(9 * minutes);
        expect(await once(options(), call)).to.include({ status: 'unknown', why: 'lost' });
        expect(call.sent).to.equal(0);
        await clock.sleep(1 * minutes);
        expect(await once(options(), call)).to.include({ status: 'done' });
      });

      it('of a process that died is not sent again before a window has passed since it was found open', async () => {
        const call = counter();
        const send = call.send.bind(call);
        // It slept before it sent, and died at once: nobody knows when the request left.
        call.send = () => new Promise(() => undefined);
        void once(options(), call);
        await clock.sleep(60 * minutes);
        call.send = send;
        const until = clock.now() + 10 * minutes;
        expect(await once(options(), call)).to.include({ status: 'unknown', why: 'inProgress', until });
        await clock.sleep(9 * minutes);
        expect(await once(options(), call)).to.include({ status: 'unknown', until });
        expect(call.sent).to.equal(0);
        await clock.sleep(1 * minutes);
        expect(await once(options(), call)).to.include({ status: 'done' });
        expect(call.sent).to.equal(1);
      });

      it('is not forgotten if a process that slept learns late that its own attempt was lost', async () => {
        const call = counter();
        const send = call.send.bind(call);
        const wakes = Promise.withResolvers<undefined>();
        call.send = async () => {
          await wakes.promise;
          throw lost;
        };
        const sleeper = once(options(), call);
        await clock.sleep(1 * minutes);
        call.send = send;
        await once(options(), call);
        await clock.sleep(10 * minutes);
        expect(await once(options(), call)).to.include({ status: 'done' });
        wakes.resolve(undefined);
        expect(await sleeper).to.include({ status: 'unknown' });
        expect(await outbox.calls.find('receipt-7')).to.include({ state: 'done' });
      });

      it('that is in progress elsewhere is reported as such, and its answer counts', async () => {
        const call = counter();
        const answered = Promise.withResolvers<undefined>();
        const begun = Promise.withResolvers<undefined>();
        const send = call.send.bind(call);
        call.send = async () => {
          begun.resolve(undefined);
          await answered.promise;
          return send();
        };
        const first = once(options(), call);
        await begun.promise;
        expect(await once(options(), call)).to.include({ status: 'unknown', why: 'inProgress' });
        answered.resolve(undefined);
        expect(await first).to.deep.equal({ status: 'done', answer: 1 });
        expect(await once(options(), call)).to.deep.equal({ status: 'known', answer: 1 });
        expect(call.sent).to.equal(1);
      });

      it('is not sent again if it was committed late, within the window', async () => {
        const call = counter(lost);
        await once(options(), call);
        clock.after(9 * minutes, () => (call.value += 1));
        await clock.sleep(10 * minutes);
        expect(await once(options(), call)).to.deep.equal({ status: 'known', answer: 1 });
        expect(call.sent).to.equal(1);
      });

      it('that failed but is in the org is done', async () => {
        const call = counter(perhapsAfterCommit);
        expect(await once(options(), call)).to.deep.equal({ status: 'done', answer: 1 });
        expect(await once(options(), call)).to.deep.equal({ status: 'known', answer: 1 });
        expect(call.sent).to.equal(1);
      });

      it('that failed and is not in the org is refused and can be repeated at once', async () => {
        const call = counter(perhaps);
        expect(await once(options(), call)).to.include({ status: 'refused' });
        expect(await once(options(), call)).to.deep.equal({ status: 'done', answer: 1 });
      });

      it('that two processes make at the same time is sent by one of them', async () => {
        const call = counter();
        const results = await Promise.all([once(options(), call), once(options(), call)]);
        expect(results.map(({ status }) => status).toSorted()).to.deep.equal(['done', 'unknown']);
        expect(call.value).to.equal(1);
      });

      it('that two processes repeat at the same time after the window is sent by one of them', async () => {
        const call = counter(lost);
        await once(options(), call);
        await clock.sleep(10 * minutes);
        const results = await Promise.all([once(options(), call), once(options(), call)]);
        expect(results.map(({ status }) => status).toSorted()).to.deep.equal(['done', 'unknown']);
        expect(call.value).to.equal(1);
      });
    });
  }

  it('that another machine made is known by its key in the org', async () => {
    const call = new Counter();
    call.value = 1;
    expect(await once(options(), call)).to.deep.equal({ status: 'known', answer: 1 });
    expect(call.sent).to.equal(0);
  });

  it('is unclear if somebody else has changed the same value meanwhile, and is never sent again', async () => {
    const call = new Counter(lost).withoutKey();
    await once(options(), call);
    call.value = 5;
    await clock.sleep(20 * minutes);
    expect(await once(options(), call)).to.deep.equal({ status: 'unclear', before: 0 });
    expect(call.sent).to.equal(1);
  });

  it('stays unknown if the org cannot be asked about it', async () => {
    const call = new Counter(lostAfterCommit);
    await once(options(), call);
    const check = call.check.bind(call);
    call.check = () => Promise.reject(lost);
    expect(await failureOf(once(options(), call))).to.equal(lost);
    call.check = check;
    expect(await once(options(), call)).to.deep.equal({ status: 'known', answer: 1 });
    expect(call.sent).to.equal(1);
  });
});
