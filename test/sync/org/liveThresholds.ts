import type { Random } from '../../../src/base/random.js';
import { LostAnswerError } from '../../../src/client/index.js';
import type { LoyaltyClient } from '../../../src/client/index.js';
import type { CrossedThreshold } from '../../../src/sync/index.js';
import { clientOf } from './fakeClient.js';
import type { LiveProcess } from './liveProcess.js';
import type { LiveRecord } from './liveRecord.js';
import type { Marks } from './marks.js';
import type { SimplePromotion } from './simplePromotion.js';
import type { World } from './world.js';

/** Milliseconds after which a handler has failed. */
export const handlerTimeout = 8000;

interface ThresholdContext {
  readonly random: Random;
  readonly marks: Marks;
  readonly record: LiveRecord;
  readonly promotion: SimplePromotion;
  readonly world: World;
  /** Probability that a reading fails. */
  readonly often: number;
}

/** How services read the progress of members, and hear of thresholds. */
export class LiveThresholds {
  readonly #context: ThresholdContext;

  constructor(context: ThresholdContext) {
    this.#context = context;
  }

  /** A handler that fails, takes long, or takes too long. In the last processes it does not fail. */
  async hear(crossed: CrossedThreshold, { life, number, isLast }: LiveProcess): Promise<void> {
    const { random, marks, record, world } = this.#context;
    await life.moment('before handler');
    const fate = random.next();
    if (!isLast && fate < 0.25) {
      marks.met('handler: failed');
      throw new Error('The handler failed.');
    }
    if (!isLast && fate < 0.35) {
      marks.met('handler: too slow');
      await life.receive(world.clock.sleep(handlerTimeout + random.integer(1, 20_000)));
      return;
    }
    if (fate < 0.5) {
      marks.met('handler: slow');
      await life.receive(world.clock.sleep(random.integer(1, handlerTimeout - 1000)));
    }
    record.heard(crossed, number);
    await life.moment('after handler');
  }

  /** Returns a client whose readings of progress come from the promotion, and fail now and then. */
  client({ life, isLast }: LiveProcess): LoyaltyClient {
    const { random, marks, promotion, world, often } = this.#context;
    const ofMembers = async (_program: string, members: Iterable<string>) => {
      await life.moment('before a reading');
      const rows = promotion.read(members);
      await life.receive(world.clock.sleep(random.integer(20, 400)));
      if (isLast || random.next() >= often) return rows;
      marks.met('reading: failed');
      throw new LostAnswerError('reset', 'Lost: reset.', true);
    };
    return Object.assign(clientOf(world.org, life), { progress: { ofMembers } });
  }
}
