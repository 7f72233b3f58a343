import type { RealtimeResponse } from '../../../contract/realtime.js';
import { notFound } from '../../apiError.js';
import { type Endpoint, ok } from '../../http/endpoint.js';
import type { Org } from '../../org.js';
import type { Field } from '../../store/model/objectModel.js';
import type { GivenValues } from '../../store/values/validate.js';
import type { Engine } from '../engine/engine.js';
import { JournalFields } from '../journalFields.js';
import { JournalReader, type StoredJournal } from '../journals.js';
import { MemberDirectory } from '../members.js';
import { ProcessFailure } from '../processFailure.js';
import { type Program, programNamed } from '../programs.js';
import { realtimeAnswer, realtimeFailure } from './realtimeAnswer.js';
import { parseRealtime, type RealtimeCall } from './realtimeRequest.js';
import { inOneTransaction, type Writing } from '../work.js';

/**
 * Transaction journals execution (v54).
 *
 * Whether a failing request is atomic in an org is unpublished. Here it is: a request that is refused, or answered with
 * `status: false`, has stored nothing.
 */
export function realtimeEndpoints(org: Org, engine: Engine): Endpoint[] {
  const execution = new Execution(org, engine);
  return [
    {
      method: 'POST',
      path: '/services/data/:version/connect/realtime/loyalty/programs/:program',
      since: 54,
      handle: ({ params, body, session }) => {
        const call = parseRealtime(body.object());
        const program = programNamed(org.store, params['program'] ?? '', notFound);
        return ok(execution.answer(program, call, session.userId));
      },
    },
  ];
}

class Execution {
  readonly #members: MemberDirectory;
  readonly #journals: JournalReader;

  public constructor(
    private readonly org: Org,
    private readonly engine: Engine,
  ) {
    this.#members = new MemberDirectory(org.store);
    this.#journals = new JournalReader(org.store);
  }

  /** @throws ApiError 400 when a row is refused */
  public answer(program: Program, call: RealtimeCall, userId: string): RealtimeResponse {
    try {
      return inOneTransaction(this.org, userId, (writing) => this.#run(writing, program, call));
    } catch (error) {
      if (error instanceof ProcessFailure) return realtimeFailure(program.name, error.message);
      throw error;
    }
  }

  #run(writing: Writing, program: Program, call: RealtimeCall): RealtimeResponse {
    const journals =
      call.kind === 'new' ? this.#insert(writing, program, call.journals) : this.#take(writing, program, call.ids);
    const run = this.engine.runProcesses(writing, program.id, journals);
    return realtimeAnswer(program.name, journals, run);
  }

  /**
   * New journals are Processed whatever status they came with, also when no process matches: so an org was seen to do
   * it for `runProgramProcessForTransactionJournal`.
   */
  #insert(
    writing: Writing,
    program: Program,
    given: Extract<RealtimeCall, { kind: 'new' }>['journals'],
  ): StoredJournal[] {
    const { store, userId } = writing;
    const fields = new JournalFields(writing, program, this.#members).resolve(given);
    return this.#journals.read(
      fields.map((each) =>
        store.insert('TransactionJournal', { ...this.#taken(each), Status: 'Processed' }, { userId }),
      ),
    );
  }

  /** What the engine of this org takes over into a journal. */
  #taken(given: GivenValues): GivenValues {
    if (this.org.settings.realtimeHonorsUniqueFields) return given;
    const type = this.org.store.type('TransactionJournal');
    return Object.fromEntries(Object.entries(given).filter(([name]) => !isOwnUnique(type.field(name))));
  }

  #take(writing: Writing, program: Program, ids: readonly string[]): StoredJournal[] {
    const found = this.#journals.read(ids);
    requireRunnable(program, ids, found);
    for (const { id } of found) {
      const { store, userId } = writing;
      store.update('TransactionJournal', id, { Status: 'Processed' }, { as: 'org', userId });
    }
    return found;
  }
}

function isOwnUnique(field: Field | undefined): boolean {
  return field?.definition.unique === true && field.name.endsWith('__c');
}

/** Once each, of this program, and Pending. */
function requireRunnable(program: Program, ids: readonly string[], found: readonly StoredJournal[]): void {
  const byId = new Map(found.map((journal) => [journal.id, journal]));
  for (const id of ids) {
    const journal = byId.get(id);
    if (!journal) throw new ProcessFailure(`The transaction journal ${id} does not exist.`);
    if (journal.programId !== program.id) {
      throw new ProcessFailure(`The transaction journal ${id} does not belong to ${program.name}.`);
    }
    if (journal.status !== 'Pending') {
      throw new ProcessFailure(`The transaction journal ${id} is ${journal.status ?? 'without status'}, not Pending.`);
    }
  }
  if (byId.size < ids.length) throw new ProcessFailure('A transaction journal is given twice.');
}
