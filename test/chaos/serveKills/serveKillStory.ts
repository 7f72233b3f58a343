import { seededRandom } from '../../../src/base/random.js';
import type { Random } from '../../../src/base/random.js';
import type { FaultPlanInput } from '../../../src/emulator/index.js';
import { Cli } from '../../support/cli.js';
import type { Ended, Running } from '../../support/cli.js';
import { openShop } from '../../support/cliOrg.js';
import type { Shop } from '../../support/cliOrg.js';
import { startServe } from '../../support/servedDoor.js';
import { committedIn } from '../committedIn.js';
import type { Committed } from '../committedIn.js';
import { atEffect } from '../kills/atEffect.js';
import { DoorAddress } from './doorAddress.js';
import { DoorSender } from './doorSender.js';

export interface ServeKillOptions {
  readonly seed: number;
  /** How often `sync serve` is killed before the last one drains. */
  readonly kills: number;
}

/** When a process is killed. */
const moments = ['starting', 'any time', 'pushed', 'answered', 'answered', 'journal', 'journal'] as const;
export type KillMoment = (typeof moments)[number];

export interface ServeKillResult {
  readonly kills: Readonly<Record<string, number>>;
  readonly senders: readonly DoorSender[];
  /** Journals in the org, in the order in which they were committed. */
  readonly committed: readonly Committed[];
  /** How the last process ended. */
  readonly last: Ended;
}

const pushers = ['a', 'b', 'c'] as const;
const connectionsOfPusher = 2;
const members = 80;
/** Milliseconds for which a process may work. Nothing that was under way at a kill is sent again for a second. */
const lives = [300, 1000, 2500] as const;
/** What the laws look at. */
const journalFields = ['MemberId', 'ExternalTransactionNumber', 'TransactionAmount'];
/** Milliseconds in which a process starts, at most. */
const start = 1500;
/** Milliseconds after which a process is killed if its moment does not come. */
const patience = 5000;

/** One outbox whose process is killed again and again under load, and then drains. */
export async function tellServeKillStory(options: ServeKillOptions): Promise<ServeKillResult> {
  await using shop = await openShop({
    members,
    effects: { fields: { TransactionJournal: journalFields } },
  });
  shop.org.faults.replace(faultsOf(options.seed));
  await using cli = await Cli.create();
  return await new ServeKillStory(shop, cli, options).tell();
}

class ServeKillStory {
  readonly #shop: Shop;
  readonly #cli: Cli;
  readonly #options: ServeKillOptions;
  readonly #random: Random;
  readonly #door = new DoorAddress();
  readonly #senders: readonly DoorSender[];
  readonly #kills: Record<string, number> = {};

  constructor(shop: Shop, cli: Cli, options: ServeKillOptions) {
    this.#shop = shop;
    this.#cli = cli;
    this.#options = options;
    this.#random = seededRandom(options.seed);
    this.#senders = pushers.flatMap((pusher) =>
      Array.from({ length: connectionsOfPusher }, (_, index) => this.#sender(pusher, index)),
    );
  }

  async tell(): Promise<ServeKillResult> {
    const sending = Promise.all(this.#senders.map((each) => each.run()));
    for (let kills = 0; kills < this.#options.kills; kills++) await this.#oneLife();
    const { running, url } = startServe(this.#cli, this.#shop.org);
    this.#door.opened(await url);
    for (const each of this.#senders) each.end();
    await sending;
    running.kill('SIGTERM');
    const last = await running.ended;
    await this.#shop.org.faults.settled();
    return { kills: this.#kills, senders: this.#senders, committed: committedIn(this.#shop.org), last };
  }

  async #oneLife(): Promise<void> {
    const { running, url } = startServe(this.#cli, this.#shop.org);
    const moment = this.#oneOf(moments);
    if (moment === 'starting') await this.#after(start * this.#random.next(), running);
    else {
      this.#door.opened(await url);
      await this.#killAt(moment, running);
    }
    this.#door.closed();
    const { code, stderr } = await running.ended;
    if (code !== null) throw new Error(`It ended with ${code} before it was killed: ${stderr}`);
    this.#kills[moment] = (this.#kills[moment] ?? 0) + 1;
  }

  async #killAt(moment: Exclude<KillMoment, 'starting'>, running: Running): Promise<void> {
    const kill = (): void => running.kill('SIGKILL');
    const door = this.#door;
    if (moment === 'any time') return this.#after(this.#oneOf(lives) * this.#random.next(), running);
    using _kill = moment === 'journal' ? atEffect(this.#shop.org, this.#random.integer(1, 300), kill) : undefined;
    let left = this.#random.integer(1, 200);
    const count = (): void => {
      if (--left === 0) kill();
    };
    // The process may have read the request, or not.
    if (moment === 'pushed') door.onSent = () => void setImmediate(count);
    if (moment === 'answered') door.onAnswered = count;
    await this.#after(patience, running);
    door.onSent = door.onAnswered = () => undefined;
  }

  /** Kills a process after a time, unless it ends before. */
  async #after(milliseconds: number, running: Running): Promise<void> {
    const timer = setTimeout(() => running.kill('SIGKILL'), milliseconds);
    await running.ended;
    clearTimeout(timer);
  }

  /** Each connection has some of the members, and each pusher all. */
  #sender(pusher: string, index: number): DoorSender {
    const name = `${pusher}${index}`;
    const its = this.#shop.members.filter((_, place) => place % connectionsOfPusher === index);
    const seed = this.#random.integer(1, 2 ** 30);
    return new DoorSender({ door: this.#door, name, members: its, random: seededRandom(seed) });
  }

  #oneOf<T>(values: readonly T[]): T {
    return values[this.#random.integer(0, values.length - 1)]!;
  }
}

/** Everything that can be late is there before the next process sends it again: half a settle window. */
function faultsOf(seed: number): FaultPlanInput {
  const match = { method: 'POST', path: '/connect/realtime/*' } as const;
  return {
    seed,
    rules: [
      { fault: 'latency', milliseconds: [5, 60], match },
      { fault: 'latency', milliseconds: [100, 400], rate: 0.1, match },
      { fault: 'silence', rate: 0.02, match },
      { fault: 'lateCommit', rate: 0.02, milliseconds: [50, 400], match },
      { fault: 'partial', rate: 0.02, match },
      { fault: 'reset', rate: 0.01, committed: true, match },
      { fault: 'truncated', rate: 0.01, match },
      { fault: 'error', rate: 0.02, status: 503, errorCode: 'SERVER_UNAVAILABLE', message: 'Busy.', match },
      { fault: 'reset', rate: 0.02, match: { method: 'GET', path: '/query*' } },
    ],
  };
}
