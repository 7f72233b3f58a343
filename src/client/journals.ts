import type { z } from 'zod';
import { definedValues } from '../base/definedValues.js';
import { runProgramProcessForTransactionJournal } from '../contract/actions/journalActions.js';
import { realtimeEndpoints } from '../contract/endpoints/realtimeEndpoints.js';
import type {
  ExistingJournalInput,
  RealtimeRequest,
  RealtimeResponse,
  simulationViews,
  TransactionJournalInput,
} from '../contract/endpoints/realtimeEndpoints.js';
import type { JournalSimulation } from '../contract/endpoints/simulationShapes.js';
import { requestName } from '../contract/endpoint.js';
import type { ActionOutcome, ActionsResource } from './actions.js';
import type { CallEndpoint } from './call.js';
import { LoyaltyProcessError } from './failures/callErrors.js';
import type { LostAnswerError, LoyaltyActionError } from './failures/callErrors.js';
import { pendingJournalFields } from './journalFields.js';
import type { JournalLookUps } from './journalFields.js';
import { IdRow, JournalRow, keyFields, ofSource, SourceJournalRow } from './journalRows.js';
import type { JournalSource } from './journalRows.js';
import { readNamedJournals, readRelatedJournals } from './namedJournals.js';
import type { LookedUpJournal } from './namedJournals.js';
import { notProcessed } from './query/notProcessed.js';
import type { QueryResource } from './query/queryResource.js';
import type { SObjectsResource } from './sobjects.js';
import { inLists, soqlPrefix, soqlText } from './query/soql.js';
import { journalsFailure } from './failures/verdict.js';
import { requireCount, simulationsIn } from './simulations.js';

export interface AllOfSourceOptions {
  readonly fields?: readonly string[];
  /** Id of the last journal that the caller has. */
  readonly after?: string | undefined;
  readonly signal?: AbortSignal;
}

/** How much is answered: everything unless given. What is left out of the summary is not published. */
export interface SimulationOptions {
  readonly viewType?: (typeof simulationViews)[number];
  readonly signal?: AbortSignal;
}

type ExistingJournal = z.infer<typeof ExistingJournalInput>;

interface Rooms extends JournalLookUps {
  readonly actions: ActionsResource;
  readonly sobjects: SObjectsResource;
}

/** What became of a Pending journal. */
export type JournalRun = { readonly id: string } & (
  | { readonly status: 'run' }
  /** The action succeeded, and says that the process did not run. */
  | { readonly status: 'notRun' }
  | { readonly status: 'failed'; readonly error: LoyaltyActionError | LostAnswerError }
);

type RunOutcome = ActionOutcome<{ readonly status: boolean | 'true' | 'false' }>;

function runOf(outcome: RunOutcome) {
  if ('error' in outcome) return { status: 'failed', error: outcome.error } as const;
  return { status: String(outcome.output.status) === 'true' ? 'run' : 'notRun' } as const;
}

/** `client.journals`: creates, executes TransactionJournals in real time and looks them up. */
export class JournalsResource {
  readonly #call: CallEndpoint;
  readonly #query: QueryResource;
  readonly #rooms: Rooms;

  constructor(call: CallEndpoint, rooms: Rooms) {
    this.#call = call;
    this.#query = rooms.query;
    this.#rooms = rooms;
  }

  /**
   * Inserts and runs new journals, or runs `Pending` ones that the org already has. Returns only when all are settled.
   *
   * `POST /connect/realtime/loyalty/programs/{program}`, sent at most once. There is no idempotency key: after any
   * failure, ask `failedJournalsVerdict(error, journals.length)` before sending again.
   *
   * @throws {RangeError} for an empty list or more than 1,000 journals; nothing is sent
   * @throws {LoyaltyProcessError} for HTTP 200 with `status: false`
   * @throws {LostAnswerError} also when the number of results differs from the number of journals sent
   */
  async execute(
    program: string,
    journals: readonly TransactionJournalInput[] | readonly ExistingJournal[],
    signal?: AbortSignal,
  ): Promise<RealtimeResponse> {
    requireCount(journals);
    const body = { transactionJournals: [...journals] } as RealtimeRequest;
    const response = await this.#call(realtimeEndpoints.execute, { params: { program }, body, signal });
    const failure = journalsFailure(response, journals.length);
    if (failure) throw failure.ofRequest(requestName(realtimeEndpoints.execute));
    return response;
  }

  /**
   * Returns what the org would do with new journals, or with ones that it has, Pending or Processed. One simulation for
   * each, in order: process, rules with their steps, and changes in total. Nothing is written.
   *
   * The same resource with `runSetting.isSimulation`. `simulatedRewards` puts the rewards of a simulation together.
   *
   * @throws {RangeError} for an empty list or more than 1,000 journals; nothing is sent
   * @throws {LoyaltyProcessError} for HTTP 200 with `status: false`
   * @throws {LostAnswerError} also when the answer has no simulation of each journal; it may have happened if the org
   *   answers as if it had run the journals
   */
  async simulate(
    program: string,
    journals: readonly TransactionJournalInput[] | readonly ExistingJournal[],
    { viewType, signal }: SimulationOptions = {},
  ): Promise<JournalSimulation[]> {
    requireCount(journals);
    const runSetting = { isSimulation: true, ...definedValues({ viewType }) };
    const body = { transactionJournals: [...journals], runSetting } as RealtimeRequest;
    const response = await this.#call(realtimeEndpoints.execute, { params: { program }, body, signal, isRead: true });
    const request = requestName(realtimeEndpoints.execute);
    if (!response.status) throw new LoyaltyProcessError(response).ofRequest(request);
    return simulationsIn(response, journals.length);
  }

  /**
   * Inserts a Pending journal, and returns its Id: `POST /sobjects/TransactionJournal`, sent at most once. It moves no
   * points until it is run. Membership number, journal type and subtype may be given by name; they are looked up first.
   *
   * @throws {UnknownProgramError}
   * @throws {UnknownMemberError}
   * @throws {JournalTypeNotFoundError} also for a subtype
   * @throws {RangeError} for any other name instead of an Id
   */
  async create(program: string, journal: TransactionJournalInput): Promise<string> {
    const fields = await pendingJournalFields(this.#rooms, program, journal);
    return this.#rooms.sobjects.create('TransactionJournal', fields);
  }

  /**
   * Runs Pending journals by the action `runProgramProcessForTransactionJournal`, in one request, sent at most once.
   * Returns what became of each, in order.
   *
   * A journal becomes Processed even if no process matches it; ledger rows show whether points moved. Only Pending
   * journals are run, so the request can be repeated after a lost answer: a journal that has been run fails then.
   *
   * @throws {RangeError} for no journals or more than 200
   */
  async run(journalIds: readonly string[], signal?: AbortSignal): Promise<JournalRun[]> {
    const inputs = journalIds.map((transactionJournalId) => ({ transactionJournalId }));
    const outcomes = await this.#rooms.actions.runEach(runProgramProcessForTransactionJournal, inputs, signal);
    return outcomes.map((outcome, index) => ({ id: journalIds[index] ?? '', ...runOf(outcome) }));
  }

  /**
   * Returns the journals with these numbers, in all programs of the org and in no order. The number is not unique, so
   * several journals may have the same one. SOQL ignores case; rows that differ in case are left out here.
   *
   * @param fields further fields to read, spelled as in SOQL, such as `TransactionAmount` or `JournalType.Name`; this
   * user must be able to see them
   */
  async findByExternalNumbers(numbers: Iterable<string>, fields: readonly string[] = []): Promise<JournalRow[]> {
    const wanted = new Set(numbers);
    const selected = [...keyFields, ...fields].join(', ');
    const queries = inLists(wanted).map(
      (list) => `SELECT ${selected} FROM TransactionJournal WHERE ExternalTransactionNumber IN ${list}`,
    );
    const rows = await this.#query.rowsOfAll(queries, JournalRow);
    return rows.filter((row) => wanted.has(row.ExternalTransactionNumber));
  }

  /** Returns the journals of a program with this Id, number, or external transaction number, which is not unique. */
  async named(program: string, wanted: string): Promise<LookedUpJournal[]> {
    return readNamedJournals(this.#rooms, program, wanted);
  }

  /** Returns the journals that are related to this one, such as the one that cancels it. */
  async relatedTo(journalId: string): Promise<LookedUpJournal[]> {
    return readRelatedJournals(this.#query, journalId);
  }

  /** Returns how many journals of a source the org has that were created at or after a time of the org. */
  async countOfSource(source: JournalSource, since: Date): Promise<number> {
    return this.#query.count(`SELECT COUNT() FROM TransactionJournal WHERE ${ofSource(source, since)}`);
  }

  /** Yields the Id, number and time of each of these journals, in the order in which the org created them. */
  async *ofSource(source: JournalSource, since: Date): AsyncGenerator<SourceJournalRow, void, void> {
    const fields = 'Id, ExternalTransactionNumber, CreatedDate';
    const soql = `SELECT ${fields} FROM TransactionJournal WHERE ${ofSource(source, since)} ORDER BY CreatedDate`;
    yield* this.#query.rows(soql, SourceJournalRow);
  }

  /** Returns the Ids of the journals of a program that are not Processed, and not older than a time of the org. */
  async notProcessed(programId: string, since: Date): Promise<string[]> {
    const soql = `SELECT Id FROM TransactionJournal WHERE ${notProcessed(programId, since)}`;
    return (await this.#query.allRows(soql, IdRow)).map(({ Id }) => Id);
  }

  /**
   * Yields the journals of a source, in the order of their Ids: a page of up to 2,000 is one call. If the org has given
   * the query up meanwhile, it can be asked again for those after the last Id.
   *
   * @param fields further fields to read; see `findByExternalNumbers`
   */
  allOfSource(
    source: JournalSource,
    { fields = [], after, signal }: AllOfSourceOptions = {},
  ): AsyncGenerator<JournalRow, void, void> {
    const conditions = [ofSource(source), ...(after === undefined ? [] : [`Id > ${soqlText(after)}`])].join(' AND ');
    const selected = [...keyFields, ...fields].join(', ');
    const soql = `SELECT ${selected} FROM TransactionJournal WHERE ${conditions} ORDER BY Id`;
    return this.#query.rows(soql, JournalRow, signal);
  }

  /** Returns whether any journal has a number that begins with `prefix`. Case is ignored. */
  async existsWithPrefix(prefix: string): Promise<boolean> {
    const soql = `SELECT Id FROM TransactionJournal WHERE ExternalTransactionNumber LIKE ${soqlPrefix(prefix)} LIMIT 1`;
    return (await this.#query.all(soql)).length > 0;
  }
}
