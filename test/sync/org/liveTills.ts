import { expect } from 'chai';
import type { Random } from '../../../src/base/random.js';
import { ServiceClosedError, ServiceStoppedError } from '../../../src/sync/index.js';
import type { SyncService, Transaction } from '../../../src/sync/index.js';
import type { VirtualClock } from '../../support/virtualClock.js';
import type { LiveRecord } from './liveRecord.js';
import { hasEnded } from './liveProcess.js';
import type { LiveProcess } from './liveProcess.js';
import type { Marks } from './marks.js';

/** A till, which pushes one transaction after the other and goes on when it has an answer. */
interface Till {
  readonly all: readonly Transaction[];
  answered: number;
}

interface TillContext {
  readonly random: Random;
  readonly marks: Marks;
  readonly record: LiveRecord;
  readonly clock: VirtualClock;
}

/** Tills that push to whatever process there is, and repeat what was not answered. */
export class LiveTills {
  readonly #tills: readonly Till[];
  readonly #context: TillContext;

  constructor(sales: readonly (readonly Transaction[])[], context: TillContext) {
    this.#tills = sales.map((all) => ({ all, answered: 0 }));
    this.#context = context;
  }

  get sales(): readonly (readonly Transaction[])[] {
    return this.#tills.map(({ all }) => all);
  }

  /** Resolves when the process is over, or all tills have sold everything. */
  push(service: SyncService, process: LiveProcess): Promise<unknown> {
    return Promise.all(this.#tills.map((till) => this.#pushOf(till, service, process)));
  }

  expectAllAnswered(): void {
    for (const { all, answered } of this.#tills) expect(answered, 'answered pushes').to.equal(all.length);
  }

  async #pushOf(till: Till, service: SyncService, process: LiveProcess): Promise<void> {
    const { random, clock, marks, record } = this.#context;
    for (let next = till.all[till.answered]; next && !process.isOver; next = till.all[till.answered]) {
      await process.life.receive(clock.sleep(random.integer(20, 2500)));
      if (hasEnded(process)) return;
      const { key } = next;
      const wasDurable = record.durable.has(key);
      void process.life.death.then(() => {
        if (!wasDurable && record.durable.has(key) && till.all[till.answered]?.key === key)
          marks.met('kill: between durable and answered');
      });
      if (process.feedsInProgress > 0) marks.met('push: while a feed is read');
      try {
        const { is } = await process.life.receive(service.push(next));
        marks.met(is === 'accepted' ? 'push: accepted' : 'push: repeated after its commit');
        expect(is === 'accepted', `${key} is ${is}`).to.equal(!wasDurable);
        expect(is).to.not.be.oneOf(['conflict', 'superseded', 'refusedBefore']);
        till.answered++;
      } catch (error) {
        if (error instanceof ServiceClosedError || error instanceof ServiceStoppedError) return;
        throw error;
      }
    }
  }
}
