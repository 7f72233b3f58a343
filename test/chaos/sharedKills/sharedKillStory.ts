import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../../src/base/random.js';
import type { Random } from '../../../src/base/random.js';
import { LoyaltyClient } from '../../../src/client/index.js';
import { Emulator } from '../../../src/emulator/index.js';
import { createExample, harbourRewards } from '../../../src/program/index.js';
import { PostgresServer } from '../../support/postgresServer.js';
import { committedIn } from '../committedIn.js';
import type { Committed } from '../committedIn.js';
import { drawNetworkTrouble, isNetworkTrouble } from './networkTroubles.js';
import type { NetworkTroubleKind } from './networkTroubles.js';
import { MachineNetwork } from './machineNetwork.js';
import { SharedMachine } from './sharedMachine.js';
import type { SharedMachineJob } from './sharedMachine.js';

export interface SharedKillOptions {
  readonly seed: number;
  /** Transactions in the feed. */
  readonly rows: number;
  /** Milliseconds of the settle window. */
  readonly settle: number;
  /** Troubles, spread over the feed. */
  readonly troubles: number;
  /** What happens, in turns. */
  readonly kinds: readonly TroubleKind[];
}

/** `stopped for long`: beyond the settle window, so that others have looked up and sent again what was under way. */
export type TroubleKind = 'killed' | 'stopped' | 'stopped for long' | 'database crashed' | NetworkTroubleKind;

export interface SharedKillResult {
  readonly fed: readonly { readonly key: string; readonly member: string }[];
  /** Journals in the org, in the order in which they were committed. */
  readonly committed: readonly Committed[];
  readonly last: string;
  /** How often each trouble happened, and with which errors the attempts of the machines ended. */
  readonly tally: Readonly<Record<string, number>>;
  /** How long it took. */
  readonly seconds: number;
}

const machineCount = 3;
const members = 60;
/** Seconds. */
const lease = 1;
/** Milliseconds for which a machine is stopped: beyond its lease, and within a settle window from then. */
const stops = [1500, 2500] as const;

/**
 * Three machines that share an outbox. They are killed and stopped, and so is the database, and they lose their network,
 * until all is delivered.
 */
export async function tellSharedKillStory(options: SharedKillOptions): Promise<SharedKillResult> {
  await using server = await PostgresServer.start();
  const folder = await mkdtemp(join(tmpdir(), 'shared-kills-'));
  await using org = await Emulator.start({ effects: true, settings: { allowNegativeBalance: true } });
  try {
    const client = await LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'kills', clientSecret: 'none' });
    await createExample(client, { members, days: 0 });
    const match = { method: 'POST', path: '/connect/realtime/*' } as const;
    org.faults.replace({
      seed: options.seed,
      rules: [
        { fault: 'latency', milliseconds: [10, 80], match },
        { fault: 'latency', milliseconds: [100, 500], rate: 0.1, match },
        { fault: 'reset', rate: 0.01, committed: true, match },
        { fault: 'lateCommit', rate: 0.01, milliseconds: [50, 300], match },
      ],
    });
    const story = new SharedKillStory({ server, org, folder, options });
    return await story.tell();
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Scene {
  readonly server: PostgresServer;
  readonly org: Emulator;
  readonly folder: string;
  readonly options: SharedKillOptions;
}

class SharedKillStory {
  readonly #scene: Scene;
  readonly #random: Random;
  readonly #machines: SharedMachine[] = [];
  /** Each belongs to the place of a machine, and to the process that runs there. */
  readonly #networks: MachineNetwork[] = [];
  /** Network troubles so far, and a beginning that differs from story to story. */
  #networkTroubles: number;
  readonly #tally: Record<string, number> = {};
  /** Troubles so far. */
  #troubles = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#random = seededRandom(scene.options.seed);
    this.#networkTroubles = scene.options.seed;
  }

  async tell(): Promise<SharedKillResult> {
    const { server, org, options } = this.#scene;
    const began = performance.now();
    const fed = await this.#writeFeed();
    const outbox = `${await server.createDatabase()}?lease=${lease}`;
    const job: SharedMachineJob = {
      // What waits for a connection for longer than the settle window must not leave, as with the usual limits.
      ...{ orgUrl: org.url, program: harbourRewards.name, outbox, settle: options.settle, timeout: options.settle },
      ...{ feed: join(this.#scene.folder, 'feed.csv'), mapping: join(this.#scene.folder, 'mapping.yml') },
      batchSize: this.#random.integer(5, 25),
    };
    await using networks = new AsyncDisposableStack();
    for (let index = 0; index < machineCount; index++) {
      const network = networks.use(await MachineNetwork.open(job));
      this.#networks.push(network);
      this.#machines.push(new SharedMachine(network.job));
    }
    try {
      for (let trouble = 0; trouble < options.troubles; trouble++) {
        await this.#hasCommitted(Math.floor(((trouble + 0.5) * options.rows) / options.troubles));
        await this.#trouble(options.kinds[trouble % options.kinds.length]!);
      }
      const ends = await Promise.all(this.#machines.map(async (machine) => ({ machine, code: await machine.ended })));
      const failed = ends.find(({ code }) => code !== 0);
      await org.faults.settled();
      for (const machine of this.#machines) this.#countAll(machine);
      const last = failed ? `${failed.code}: ${failed.machine.said}` : 'complete';
      const seconds = Math.round((performance.now() - began) / 1000);
      return { fed, committed: committedIn(org), last, tally: this.#tally, seconds };
    } finally {
      for (const machine of this.#machines) machine.signal('SIGKILL');
    }
  }

  /** Waits until the org has so many journals, or no machine is left. */
  async #hasCommitted(count: number): Promise<void> {
    const { store } = this.#scene.org;
    // What takes long here would keep the org from answering, perhaps beyond the settle window.
    while (store.count('TransactionJournal') < count && this.#machines.some(({ isAlive }) => isAlive)) await sleep(10);
  }

  /** Returns the place of the machine that delivers, or of any. */
  async #holder(): Promise<number> {
    const [row] = await this.#scene.server.query('test1', 'SELECT holder_pid AS pid FROM loyalty_outbox.outbox');
    const found = this.#machines.findIndex(({ pid }) => pid === row?.['pid']);
    return found >= 0 ? found : this.#random.integer(0, machineCount - 1);
  }

  /** Mostly the machine that delivers; in every third round, one that sends requests for it. */
  async #victim(): Promise<number> {
    const holder = await this.#holder();
    const round = Math.floor(this.#troubles++ / this.#scene.options.kinds.length);
    return round % 3 === 2 ? (holder + 1) % machineCount : holder;
  }

  async #trouble(what: TroubleKind): Promise<void> {
    const index = await this.#victim();
    const machine = this.#machines[index];
    this.#count(what);
    if (isNetworkTrouble(what)) await this.#networkTrouble(this.#networks[index]!, what);
    else if (what === 'killed') {
      machine?.signal('SIGKILL');
      await machine?.ended;
      if (machine) this.#countAll(machine);
      this.#machines[index] = new SharedMachine(this.#networks[index]!.job);
    } else if (what !== 'database crashed') {
      machine?.signal('SIGSTOP');
      await sleep(this.#random.integer(...stops) + (what === 'stopped' ? 0 : this.#scene.options.settle));
      machine?.signal('SIGCONT');
    } else {
      await this.#scene.server.end();
      await sleep(this.#random.integer(0, 500));
      await this.#scene.server.begin();
    }
  }

  async #networkTrouble(network: MachineNetwork, kind: NetworkTroubleKind): Promise<void> {
    const { state, place, length, range } = drawNetworkTrouble(kind, this.#networkTroubles, this.#scene.options.settle);
    this.#networkTroubles += 1;
    this.#count(place);
    this.#count(length);
    network.become(place, state);
    await sleep(this.#random.integer(...range));
    network.become(place, 'up');
  }

  async #writeFeed(): Promise<SharedKillResult['fed']> {
    const fed = Array.from({ length: this.#scene.options.rows }, (_, index) => ({
      key: `shared:${index + 1}`,
      member: `HR-${100_001 + this.#random.integer(0, members - 1)}`,
    }));
    const lines = fed.map(
      ({ key, member }) => `${key.slice(7)},${member},2026-09-01,${this.#random.integer(1, 90)}.50\n`,
    );
    await writeFile(join(this.#scene.folder, 'feed.csv'), `Id,Member,Date,Amount\n${lines.join('')}`);
    await writeFile(join(this.#scene.folder, 'mapping.yml'), mapping);
    return fed;
  }

  #countAll({ errors, sentForOthers }: SharedMachine): void {
    for (const name of errors) this.#count(name);
    this.#count('sent for others', sentForOthers);
  }

  #count(what: string, times = 1): void {
    this.#tally[what] = (this.#tally[what] ?? 0) + times;
  }
}

const mapping = `
source: shared
key: Id
member: Member
journal:
  ActivityDate: { date: Date, format: yyyy-MM-dd, zone: Europe/London }
  JournalTypeName: { value: Accrual }
  JournalSubTypeName: { value: Purchase }
  TransactionAmount: { number: Amount }
`;
