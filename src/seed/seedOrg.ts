import { systemClock } from '../base/clock.js';
import type { MonotonicClock } from '../base/clock.js';
import type { LoyaltyClient } from '../client/index.js';
import { planProgram } from '../program/index.js';
import type { ApplyPlanOptions, ProcessWay, ProgramPlan } from '../program/index.js';
import { SqliteOutbox } from '../sync/index.js';
import type { EmptyOutbox, Outbox, StartOptions } from '../sync/index.js';
import { seedHistory } from './historySeeding.js';
import { noMembers, seedMembers } from './memberSeeding.js';
import { seedProgram } from './programSeeding.js';
import { readSeeds } from './readSeeds.js';
import type { Seeds } from './readSeeds.js';
import { SeedError } from './seedError.js';
import type { SeedReport, SeedStage, StageReport } from './seedReport.js';
import type { SeedProgress, StageListener, StageOutcome } from './stageOutcome.js';

export interface SeedOptions extends Pick<ApplyPlanOptions, 'deployProcesses' | 'onWait'> {
  /** What is to be done to the program. Default: it is planned now. */
  readonly plan?: ProgramPlan;
  /** How processes get into the org. Default: as records. A plan has its own. */
  readonly processes?: ProcessWay;
  /** Remembers what was sent. The caller closes it. Default: one in memory. */
  readonly outbox?: Outbox;
  /**
   * What to do about transactions that the outbox has never seen, as for `startSync`. Default `auto`: a source that the
   * org has never seen is sent at once; otherwise what the org does not show is looked up again after the settle time.
   */
  readonly emptyOutbox?: EmptyOutbox;
  /** As for `startSync`. */
  readonly delivery?: Partial<Pick<StartOptions, 'settle' | 'batchSize' | 'concurrency'>>;
  /** The client that sends transactions. It must not retry by itself. Default: the same one. */
  readonly deliveryClient?: LoyaltyClient;
  /** Folder for the results files of the run, in a folder with its name. */
  readonly resultsDir?: string | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SeedProgress) => void;
  readonly onStage?: StageListener;
  readonly clock?: MonotonicClock;
}

/**
 * Seeds an org from a folder: creates the program, enrolls the members and mirrors the history, each exactly once. Call
 * it again at any time: what is in the org is not written again, also if the outbox of the first call is lost. Rows that
 * cannot be used do not end it; the report has them.
 * @param seeds a folder, or what `readSeeds` has read of one
 * @throws {DefinitionError | FeedError | SeedFolderError} for files that cannot be used; nothing was written
 * @throws {SeedError} if a stage ended with an error; it has the report so far
 */
export async function seedOrg(
  client: LoyaltyClient,
  seeds: string | Seeds,
  options: SeedOptions = {},
): Promise<SeedReport> {
  const read = typeof seeds === 'string' ? await readSeeds(seeds) : seeds;
  const plan =
    options.plan ?? (await planProgram(client, read.definition, { processes: options.processes ?? 'records' }));
  const seeding = new Seeding(read, plan, options);
  await seeding.do('program', () => seedProgram(client, plan, options));
  const { members, history } = read;
  if (members) await seeding.do('members', () => seedMembers(client, members, { ...options, program: plan.program }));
  if (history) await seeding.do('history', () => mirror(options.deliveryClient ?? client, history, { plan, options }));
  return seeding.report;
}

async function mirror(
  client: LoyaltyClient,
  history: NonNullable<Seeds['history']>,
  { plan: { program }, options }: { readonly plan: ProgramPlan; readonly options: SeedOptions },
): Promise<StageOutcome<'history'>> {
  const { emptyOutbox = 'auto', outbox, delivery, resultsDir, signal, onProgress } = options;
  await using own = outbox === undefined ? SqliteOutbox.inMemory() : null;
  return await seedHistory(client, history, {
    ...{ program, resultsDir, signal, onProgress },
    outbox: outbox ?? (own as SqliteOutbox),
    delivery: { ...delivery, emptyOutbox },
  });
}

/** A seed in progress, and what has come of it so far. */
class Seeding {
  readonly #clock: MonotonicClock;
  readonly #options: SeedOptions;
  #report: SeedReport;

  constructor({ folder, members, history }: Seeds, { program }: ProgramPlan, options: SeedOptions) {
    this.#clock = options.clock ?? systemClock;
    this.#options = options;
    const begin = (part: unknown): Pick<StageReport, 'status' | 'milliseconds'> => ({
      status: part === undefined ? 'absent' : 'waiting',
      milliseconds: 0,
    });
    this.#report = {
      ...{ program, folder },
      stages: {
        program: { ...begin(program), objects: [] },
        members: { ...begin(members), counts: noMembers, problems: [] },
        history: { ...begin(history), feeds: [], report: null, results: null },
      },
    };
  }

  get report(): SeedReport {
    return this.#report;
  }

  /**
   * Does a stage, unless an earlier one is unfinished.
   * @throws {SeedError} if it ends with an error
   */
  async do<N extends SeedStage>(name: N, work: () => Promise<StageOutcome<N>>): Promise<void> {
    const { stages } = this.#report;
    if (Object.values(stages).some(({ status }) => status === 'unfinished')) return;
    const start = this.#clock.monotonic();
    const { stage, cause } = await work();
    const ended = { ...stage, milliseconds: Math.round(this.#clock.monotonic() - start) } as SeedReport['stages'][N];
    this.#report = { ...this.#report, stages: { ...stages, [name]: ended } };
    this.#options.onStage?.(name, ended);
    if (cause !== undefined) throw new SeedError(name, this.#report, cause);
  }
}
