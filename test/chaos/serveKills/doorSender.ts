import { setTimeout } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { Random } from '../../../src/base/random.js';
import { sale } from '../../door/openDoor.js';
import type { Committed } from '../committedIn.js';
import type { DoorAddress } from './doorAddress.js';

/** A sale that a sender has an answer for. */
export interface Sold extends Committed {
  /** It lacks what a transaction needs, so that it must be refused. */
  readonly isSpoiled: boolean;
}

interface SenderOptions {
  readonly door: DoorAddress;
  /** Begins all its keys. */
  readonly name: string;
  /** No other connection of the same pusher has them at the same time, so that their order is known. */
  readonly members: readonly string[];
  readonly random: Random;
}

interface OneAnswer {
  readonly status: number;
  readonly is?: string;
}

/** Milliseconds after which an answer is no longer waited for. */
const patience = 5000;
const mostOfList = 8;
/** Milliseconds between two pushes, at most. An org is not as fast as a door that is never left alone. */
const pause = 50;
/** Members of whom a quarter of all sales are, so that a list often has several of one. */
const busyMembers = 4;

/** One connection of a pusher. Repeats each push, with the same keys, until it has an answer. */
export class DoorSender {
  readonly #agent = new Agent({ connections: 1, pipelining: 1, headersTimeout: patience, bodyTimeout: patience });
  readonly #options: SenderOptions;
  #made = 0;
  #isOver = false;
  /** In the order in which they were pushed. */
  readonly accepted: Sold[] = [];
  readonly refused: Sold[] = [];
  /** Answers that no push should have. */
  readonly strange: string[] = [];
  /** Pushes that were repeated because there was no answer, or a refusal that is not for good. */
  repeated = 0;
  /** Sales of a repeated push that had been stored although nobody was told. */
  storedUntold = 0;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Pushes until it is told to end, and everything that it has begun is answered. */
  async run(): Promise<void> {
    while (!this.#isOver) {
      await this.#push(this.#sales());
      await setTimeout(pause * this.#options.random.next());
    }
    await this.#agent.close();
  }

  end(): void {
    this.#isOver = true;
  }

  async #push(sales: readonly Sold[]): Promise<void> {
    let left = sales;
    for (let attempt = 1; left.length > 0; attempt++) {
      const url = await this.#options.door.url;
      const answers = await this.#ask(url, left).catch((): OneAnswer[] => []);
      this.#options.door.onAnswered();
      left = left.filter((each, index) => !this.#isTaken(each, answers[index], attempt));
      if (left.length > 0) this.repeated++;
    }
  }

  /** @throws {Error} without an answer */
  async #ask(url: string, sales: readonly Sold[]): Promise<OneAnswer[]> {
    const all = sales.map(({ key, member, amount, isSpoiled }) => {
      const { journal, ...rest } = sale(key.slice('till:'.length), member, amount);
      return isSpoiled ? rest : { ...rest, journal };
    });
    const isList = all.length > 1 || this.#options.random.next() < 0.2;
    const answering = request(`${url}/transactions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(isList ? all : all[0]),
      dispatcher: this.#agent,
    });
    this.#options.door.onSent();
    const { statusCode: status, body } = await answering;
    const { results, ...one } = (await body.json()) as { results?: OneAnswer[] };
    return results ?? sales.map(() => ({ ...one, status }));
  }

  /** Keeps what was answered. Tells whether it was answered for good. */
  #isTaken(sold: Sold, answer: OneAnswer | undefined, attempt: number): boolean {
    if (!answer || answer.status === 429 || answer.status === 503) return false;
    const { status, is } = answer;
    if (status === 422 && sold.isSpoiled) this.refused.push(sold);
    else if (status === 200 || status === 202) {
      this.accepted.push(sold);
      if (attempt > 1 && is !== 'accepted') this.storedUntold++;
      if (attempt === 1 && is !== 'accepted') this.strange.push(`${sold.key}: ${is}`);
    } else this.strange.push(`${sold.key}: ${JSON.stringify(answer)}`);
    return true;
  }

  #sales(): Sold[] {
    const { random } = this.#options;
    const isList = random.next() < 0.3;
    return Array.from({ length: isList ? random.integer(2, mostOfList) : 1 }, () => this.#sale());
  }

  #sale(): Sold {
    const { name, members, random } = this.#options;
    const among = random.next() < 0.25 ? busyMembers : members.length;
    return {
      key: `till:${name}-${++this.#made}`,
      member: members[random.integer(0, among - 1)]!,
      amount: `${random.integer(1, 90)}.5`,
      isSpoiled: random.next() < 0.02,
    };
  }
}
