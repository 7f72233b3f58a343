import { collectionLimits, verdict } from '../../client/index.js';
import type { RecordCreation, LoyaltyClient } from '../../client/index.js';
import type { Outcome, OutboxItem } from '../../outbox/index.js';
import { failureOf } from '../attempt.js';
import type { Failure } from '../attempt.js';
import { refuseNullMarkers } from '../bulk/nullMarker.js';
import type { FoundVerdict } from '../judgeFound.js';
import { lookUpJournals } from './lookUpJournals.js';
import type { JournalLookUp } from './lookUpJournals.js';
import type { RecordWriter, WrittenRecords } from './recordWriter.js';
import type { Drafts, FailedItem, Unrun, Route, RouteAnswer, RouteRequest } from './route.js';

interface RecordsContext extends JournalLookUp {
  readonly client: LoyaltyClient;
  readonly writer: RecordWriter;
  /** Whether jobs insert the records, and a batch job runs them. What it has not run is run here. */
  readonly isBulk: boolean;
}

/**
 * Inserts journals as Pending records, and then runs them by the action `runProgramProcessForTransactionJournal`.
 *
 * The intent of the insert is that of the whole: a journal of this outbox that is found Pending is run by its Id. Each
 * record stands alone, so a bad row neither takes others with it nor has to be searched for.
 */
export class RecordsRoute implements Route {
  readonly mostRun = collectionLimits.records;
  readonly #client: LoyaltyClient;
  readonly #writer: RecordWriter;
  readonly #lookUp: JournalLookUp;
  readonly #isBulk: boolean;

  constructor({ client, writer, isBulk, ...lookUp }: RecordsContext) {
    this.#client = client;
    this.#writer = writer;
    this.#lookUp = lookUp;
    this.#isBulk = isBulk;
  }

  async draft(items: readonly OutboxItem[]): Promise<Drafts> {
    const written = await this.#writer.draft(items);
    const { records, unwritten } = this.#isBulk ? refuseNullMarkers(written) : written;
    return { drafts: records.map(({ item, fields }) => ({ item, sent: fields })), failed: unwritten };
  }

  async prepare(items: readonly OutboxItem[]): Promise<RouteRequest> {
    const written = await this.#writer.write(items);
    return () => this.#insert(written);
  }

  async #insert({ records, unwritten }: WrittenRecords): Promise<RouteAnswer> {
    const created = await this.#create(records);
    const unrun: Unrun[] = [];
    const failed = [...unwritten];
    for (const [index, { item }] of records.entries()) {
      const result = created[index];
      if (result && 'id' in result) unrun.push({ item, journal: { Id: result.id } });
      else if (result) failed.push({ item, failure: judged(result.error) });
    }
    return { outcomes: [], unrun, failed };
  }

  async #create(records: WrittenRecords['records']): Promise<readonly RecordCreation[]> {
    if (records.length === 0) return [];
    const rows = records.map(({ fields }) => ({ object: 'TransactionJournal', fields }));
    return this.#client.sobjects.collections.createEach(rows);
  }

  /**
   * If one of several fails, it is not certain that the others are stored, although they say so: they are looked up.
   */
  async run(unrun: readonly Unrun[]): Promise<RouteAnswer> {
    const runs = await this.#client.journals.run(unrun.map(({ journal }) => journal.Id));
    const failed: FailedItem[] = [];
    const done: Unrun[] = [];
    for (const [index, each] of unrun.entries()) {
      const run = runs[index];
      if (run?.status === 'run') done.push(each);
      else failed.push({ item: each.item, failure: run?.status === 'failed' ? judged(run.error) : notRun });
    }
    const isCertain = failed.length === 0;
    return { outcomes: done.map((each) => (isCertain ? doneBy(each) : askedAgain(each))), failed };
  }

  lookUp(items: readonly OutboxItem[]): Promise<ReadonlyMap<OutboxItem, FoundVerdict>> {
    return lookUpJournals(this.#lookUp, items);
  }
}

/** The action says that no process ran. The journal may be Processed nevertheless, so it is looked up. */
const notRun: Failure = {
  kind: 'refused',
  code: 'NOT_RUN',
  reason: 'No process ran for the journal.',
  message: 'The org has stored the journal, but ran no process for it.',
  nothingStored: false,
};

function judged(error: Error): Failure {
  return failureOf({ error, judgment: verdict(error, 1) });
}

function doneBy({ item, journal }: Unrun): Outcome {
  return { item, to: 'done', journalId: journal.Id, found: false };
}

function askedAgain({ item }: Unrun): Outcome {
  return { item, to: 'unknown', until: 0 };
}
