import { expect } from 'chai';
import { BulkJobs } from '../bulk/bulkJobs.js';
import { ExampleOrg, purchase } from '../loyalty/exampleProgram.js';

const writers = 8;
const rounds = 12;
const rowsAtOnce = 3;

/**
 * Writers that send one request after the other, each for a member of its own, by collections, bulk jobs and in real
 * time. Every journal has a key that grows, and the log is then checked against the rows and against what was answered.
 */
describe('The effect log of many writers under faults', () => {
  for (const seed of [1, 2, 3]) {
    it(`loses nothing, doubles nothing and keeps the order of each member, seed ${seed}`, async () => {
      await using org = await ExampleOrg.start({ effects: true });
      const numbers = Array.from({ length: writers }, (_, index) => `M-${index}`);
      await org.withMembers(...numbers);
      const { faults, effects, store } = org.emulator;
      const before = effects.total;
      const match = { method: ['PATCH' as const, 'POST' as const] };
      faults.replace({
        seed,
        rules: [
          { fault: 'latency', milliseconds: [0, 5], rate: 0.5, match },
          { fault: 'jobLatency', milliseconds: [0, 5], rate: 0.5 },
          { fault: 'jobRows', rate: 0.2 },
          { fault: 'jobFailure', rate: 0.1 },
          { fault: 'silence', rate: 0.1, match },
          { fault: 'partial', rate: 0.2 },
          { fault: 'error', rate: 0.1, match },
          { fault: 'reset', committed: true, rate: 0.1, match },
          { fault: 'truncated', rate: 0.1, match },
        ],
      });
      const told = new Map<string, boolean>();
      await Promise.all(numbers.map((number, index) => new Writer(org, number, index, told).run()));
      await faults.settled();

      const log = effects
        .after(before)
        .filter(({ object, operation }) => object === 'TransactionJournal' && operation === 'insert');
      const key = (fields: Readonly<Record<string, unknown>>): string => String(fields['ExternalTransactionNumber']);
      const keys = log.map(({ fields }) => key(fields));
      expect(keys).to.have.members(store.find('TransactionJournal', {}).map(key));
      expect(new Set(keys).size).to.equal(keys.length);
      expect([...told.values()].filter(Boolean)).to.have.length.above(20);
      for (const [each, isThere] of told) expect(keys.includes(each), each).to.equal(isThere);
      for (const number of numbers) {
        const own = keys.filter((each) => each.startsWith(`${number}:`));
        expect(own).to.deep.equal(own.toSorted());
      }
      expect(org.emulator.locks.isIdle).to.equal(true);
    });
  }
});

class Writer {
  readonly #jobs: BulkJobs;
  #count = 0;

  readonly #org: ExampleOrg;
  readonly #number: string;
  readonly #turn: number;
  readonly #told: Map<string, boolean>;

  constructor(
    org: ExampleOrg,
    number: string,
    turn: number,
    /** Which keys the org has said to be there, and which not to be. */
    told: Map<string, boolean>,
  ) {
    this.#org = org;
    this.#number = number;
    this.#turn = turn;
    this.#told = told;

    this.#jobs = new BulkJobs(org.emulator);
  }

  async run(): Promise<void> {
    const memberId = await this.#org.memberId(this.#number);
    const ways = [
      (keys: string[]) => this.#collection(keys, memberId),
      (keys: string[]) => this.#bulk(keys),
      (keys: string[]) => this.#realtime(keys),
    ];
    for (let round = 0; round < rounds; round++) {
      const keys = Array.from(
        { length: rowsAtOnce },
        () => `${this.#number}:${String(this.#count++).padStart(3, '0')}`,
      );
      // What gets lost on the way tells nothing.
      await ways[(this.#turn + round) % ways.length]?.(keys).catch(() => undefined);
    }
  }

  async #collection(keys: string[], MemberId: string): Promise<void> {
    const records = keys.map((ExternalTransactionNumber, index) => ({
      attributes: { type: 'TransactionJournal' },
      ...{ ExternalTransactionNumber, MemberId, ActivityDate: index === 1 && this.#turn % 2 ? null : '2026-04-03' },
    }));
    const { status, body } = await this.#org.api.post('/composite/sobjects', { allOrNone: this.#turn < 4, records });
    if (status === 200) keys.forEach((key, index) => this.#told.set(key, body[index].success));
  }

  async #bulk(keys: string[]): Promise<void> {
    const lines = keys.map((key) => `${key},${this.#number},2026-04-03T08:00:00Z\n`);
    const csv = `ExternalTransactionNumber,Member.MembershipNumber,ActivityDate\n${lines.join('')}`;
    const id = await this.#jobs.create({ operation: 'insert' });
    await this.#jobs.upload(id, csv);
    while ((await this.#jobs.enter(id, 'UploadComplete').catch(() => ({ status: 0 }))).status === 0);
    if ((await this.#state(id)) === 'Open') return;
    await this.#jobs.ended(id);
    for (const name of ['successfulResults', 'failedResults', 'unprocessedrecords'] as const) {
      const rows = (await this.#jobs.file(id, name)) === '' ? [] : await this.#jobs.rows(id, name);
      for (const row of rows) this.#told.set(row['ExternalTransactionNumber'] ?? '', name === 'successfulResults');
    }
  }

  async #state(id: string): Promise<string> {
    return (await this.#jobs.api.get(`/jobs/ingest/${id}`)).body.state as string;
  }

  async #realtime(keys: string[]): Promise<void> {
    const journals = keys.map((ExternalTransactionNumber) => purchase(this.#number, 5, { ExternalTransactionNumber }));
    const { status, body } = await this.#org.execute(journals);
    if (status === 200 && body.status === true) for (const key of keys) this.#told.set(key, true);
  }
}
