import type { Clock } from '../../../src/base/clock.js';
import type { Call } from '../../../src/client/transport/send.js';
import type { LostAnswerKind } from '../../../src/client/failures/callErrors.js';
import type { HttpAnswer } from '../../../src/client/failures/httpAnswer.js';
import { LostAnswerError, LoyaltyApiError } from '../../../src/client/failures/callErrors.js';
import { parseJson } from '../../../src/client/json.js';
import { failure, ok } from './answers.js';
import { EnrollmentDesk } from './enrollmentDesk.js';
import { MarkerTable } from './markerTable.js';
import { Tables } from './tables.js';
import type { JournalContent, NewJournal, StoredJournal } from './tables.js';

/** A new journal of a request. */
export interface ArrivedJournal {
  readonly number: string;
  readonly member: string;
  readonly content: JournalContent;
  readonly unique?: string | undefined;
}

/** Journals that a request wants to run: new ones, or ones that the org holds. */
export interface Execution {
  readonly at: number;
  readonly journals: readonly ArrivedJournal[];
  readonly ids: readonly string[];
}

/** What happens to one journal of a request: run, only stored, run with an error, or not stored. */
export type Share = 'run' | 'pending' | 'error' | 'nothing';

/** What the org does with one request. Times are milliseconds after its arrival. */
export interface Fate {
  /** When it stores and runs. Default: never. */
  readonly storesAt?: number;
  /** What happens to each journal. Default: all are run. */
  readonly share?: (number: string) => Share;
  readonly answersAt: number;
  /** The answer: the org's results, another answer, or none. */
  readonly answer: 'results' | HttpAnswer | LostAnswerKind;
  /** The answer says that everything is done, which is not true. */
  readonly lie?: 'storesNothing' | 'storesTwice' | 'answersAnother' | undefined;
}

/** Points that were given, once for every time that a journal was run. */
export interface Effect {
  readonly number: string;
  readonly member: string;
  readonly at: number;
}

export interface FakeOrgOptions {
  readonly clock: Clock & { after(ms: number, work: () => void): void; true(): number };
  readonly members: readonly string[];
  /** Length of ExternalTransactionNumber; null if this user cannot see the field. */
  readonly numberLength?: number | null;
  /** Whether the org has the marker object. */
  readonly hasMarkers?: boolean;
  /** Whether the org has a unique field. An engine that does not honor it stores copies anyway. */
  readonly uniqueField?: 'honored' | 'ignored' | undefined;
  /** Journals of one member that a request may hold. Default 1. */
  readonly perMember?: number | undefined;
}

const latency = 300;

const unknownCall = (): HttpAnswer => failure(404, 'NOT_FOUND');

/**
 * The part of an org that a sync sees. It does not de-duplicate: it knows no keys, runs a journal every time it is
 * asked to, and records each time. `fate` and `queryFate` decide what fails.
 */
export class FakeOrg {
  readonly tables: Tables;
  readonly effects: Effect[] = [];
  readonly executions: Execution[] = [];
  readonly queries: string[] = [];
  /** Other calls, such as `POST /actions/standard/x`. */
  readonly calls: Call[] = [];
  /** What no sync may ever do. */
  readonly violations: string[] = [];
  /** Called for every journal that is given other content. */
  onPatch: () => void = () => undefined;
  /**
   * Decides about a change of a journal. Without an answer it is carried out at once, otherwise when `carryOut` is
   * called.
   */
  patchFate: (carryOut: () => void) => HttpAnswer | LostAnswerKind | undefined = () => undefined;
  /** Called for every failure that a client received when it sent journals. */
  onRefusal: (error: LoyaltyApiError) => void = () => undefined;
  /** Numbers of journals that the org refuses, together with their whole request. */
  readonly refused = new Set<string>();
  /** Numbers of journals that are stored with an error. */
  readonly faulty = new Set<string>();
  fate: (execution: Execution) => Fate;
  queryFate: (soql: string) => HttpAnswer | LostAnswerKind | undefined = () => undefined;
  /** Numbers of journals that no look-up shows. */
  readonly hidden = new Set<string>();
  /** Answers all calls except queries and executions of journals. Once it is set, enrollments, too. */
  other: (call: Call) => HttpAnswer | LostAnswerKind = unknownCall;
  queriesTake = latency / 3;
  usage: { used: number; limit: number } | undefined;
  readonly #clock: FakeOrgOptions['clock'];
  /** Members of requests that may still store something, or whose answer is on its way. */
  readonly #undecided = new Map<string, number>();

  readonly markers: MarkerTable | undefined;
  readonly enrollments: EnrollmentDesk;
  readonly #uniqueField: FakeOrgOptions['uniqueField'];
  readonly #perMember: number;

  constructor(options: FakeOrgOptions) {
    const { clock, members, numberLength = 255, hasMarkers = false, uniqueField, perMember = 1 } = options;
    this.#perMember = perMember;
    this.#clock = clock;
    this.#uniqueField = uniqueField;
    this.markers = hasMarkers ? new MarkerTable(() => clock.true()) : undefined;
    this.tables = new Tables(members, () => this.time, numberLength ?? undefined);
    this.fate = (execution) => this.honest(execution);
    this.enrollments = new EnrollmentDesk({ tables: this.tables, clock });
  }

  /** The org's own time, to the second. */
  get time(): number {
    return Math.floor(this.#clock.true() / 1000) * 1000;
  }

  /** Returns what an org does if nothing fails: all or nothing. */
  honest(execution: Execution, takes = latency): Fate {
    const unknown = execution.journals.find(({ member }) => !this.tables.memberId(member));
    if (unknown) return { answersAt: takes, answer: failure(400, 'INVALID_CROSS_REFERENCE_KEY', unknown.member) };
    const bad = execution.journals.find(({ number }) => this.refused.has(number));
    if (bad) return { answersAt: takes, answer: failure(400, 'REQUIRED_FIELD_MISSING', 'Quantity is missing.') };
    return { storesAt: Math.floor(takes / 2), answersAt: takes, answer: 'results' };
  }

  /** Carries out one call of the client. */
  async take(call: Call): Promise<HttpAnswer> {
    if (call.path.startsWith('/connect/realtime/')) return this.#execute(call.body as Body);
    if (this.other === unknownCall && this.enrollments.isOf(call))
      return this.#counted(received(await this.enrollments.take(call)));
    await this.#clock.sleep(this.queriesTake);
    if (call.path.startsWith('/query?q=')) return this.#answerTo(call.path);
    if (isOfQueries(call)) return this.#answerAll(call.body.compositeRequest.map(({ url }) => url));
    const marked = this.markers?.answer(call);
    if (marked) return marked;
    if (call.path.endsWith('/TransactionJournal/describe')) return ok(this.tables.describe());
    if (/\/(?:LoyaltyProgramMember|Account)\/describe$/.test(call.path)) return ok({ name: 'x', fields: [] });
    if (call.path.endsWith('/describe')) return failure(404, 'NOT_FOUND');
    if (call.method === 'PATCH') return this.#patch(call);
    this.calls.push(call);
    return received(this.other(call));
  }

  /** Stores a journal as if another sender had stored it long ago. */
  hold(journal: NewJournal): void {
    this.tables.insert(journal);
  }

  /** Gives a journal other content. */
  #patch({ path, body }: Call): HttpAnswer {
    const journal = this.tables.journals.find(({ id }) => path.endsWith(id));
    if (!journal) return failure(404, 'NOT_FOUND');
    const { Status = journal.status, MemberId = '', ...fields } = body as Record<string, string>;
    this.onPatch();
    const carryOut = (): void => {
      journal.status = Status;
      journal.member = this.tables.numberOf(MemberId) ?? journal.member;
      journal.content = { ...journal.content, ...contentOf(fields) };
    };
    const fate = this.patchFate(carryOut);
    if (fate !== undefined) return received(fate);
    carryOut();
    return { statusCode: 204, headers: {}, body: '' };
  }

  #answerTo(path: string): HttpAnswer {
    const soql = decodeURIComponent(path.slice('/query?q='.length));
    this.queries.push(soql);
    const fate = this.queryFate(soql);
    if (fate !== undefined) return received(fate);
    const isMarker = this.markers !== undefined && soql.includes(' FROM Loyalty_Sync_Source__c ');
    const all = isMarker ? this.markers.query(soql) : this.tables.query(soql);
    const records = all.filter((row) => !this.hidden.has(String(row['ExternalTransactionNumber'])));
    const isCount = soql.startsWith('SELECT COUNT() ');
    return this.#counted(ok({ totalSize: records.length, done: true, records: isCount ? [] : records }));
  }

  /** Answers a composite call that has only queries. A question that gets no answer loses that of all. */
  #answerAll(urls: readonly string[]): HttpAnswer {
    const answers = urls.map((url) => this.#answerTo(url.slice(url.indexOf('/query?q='))));
    const unreadable = answers.find(({ body }) => parseJson(body) === undefined);
    if (unreadable) return unreadable;
    const compositeResponse = answers.map(({ statusCode, body }, index) => ({
      httpStatusCode: statusCode,
      body: parseJson(body),
      referenceId: String(index),
    }));
    return ok({ compositeResponse });
  }

  async #execute({ transactionJournals }: Body): Promise<HttpAnswer> {
    const execution = this.#arrive(transactionJournals);
    const { storesAt, share, answersAt, answer, lie } = this.#decide(execution);
    const members = membersOf(execution, this.tables);
    let stored: StoredJournal[] = [];
    let isCopy = false;
    if (storesAt !== undefined) {
      this.#clock.after(storesAt, () => {
        if (lie === 'storesNothing') return;
        isCopy = this.#isCopy(execution);
        if (isCopy) return;
        stored = this.#store(execution, share ?? (() => 'run'));
        if (lie === 'storesTwice') this.#store(execution, share ?? (() => 'run'));
      });
    }
    this.#count(members, 1);
    this.#clock.after(Math.max(storesAt ?? 0, answersAt), () => {
      this.#count(members, -1);
    });
    await this.#clock.sleep(answersAt);
    if (typeof answer === 'object' && answer.statusCode >= 300) this.onRefusal(new LoyaltyApiError(answer));
    const said = this.#wasCopy(isCopy) ?? answer;
    if (said !== 'results') return this.#counted(received(said));
    return this.#counted(lie ? this.#falseResults(execution, lie) : results(stored));
  }

  #wasCopy(isCopy: boolean): HttpAnswer | undefined {
    return isCopy ? failure(400, 'DUPLICATE_VALUE', 'duplicate value found') : undefined;
  }

  /** Tells whether the org refuses the request because it already has one of the unique values. */
  #isCopy({ journals }: Execution): boolean {
    if (this.#uniqueField !== 'honored') return false;
    return journals.some(
      ({ unique }) => unique !== undefined && this.tables.journals.some((row) => row.unique === unique),
    );
  }

  /** Calls `fate`. A test failure in it must not look like an outage to the client. */
  #decide(execution: Execution): Fate {
    try {
      return this.fate(execution);
    } catch (error) {
      this.violations.push(String(error));
      throw error;
    }
  }

  /** Returns as many results as journals, with Ids that do not exist or with members of another request. */
  #falseResults({ journals, ids }: Execution, lie: NonNullable<Fate['lie']>): HttpAnswer {
    const others = this.tables.memberNumbers;
    const members = [...journals.map(({ member }) => member), ...ids.map(() => others[0] ?? '')];
    const named = lie === 'answersAnother' ? members.map((_, index) => others.at(-1 - index) ?? '') : members;
    return results(named.map((member, index) => ({ id: `0lV9${String(index).padStart(11, '0')}AAA`, member })));
  }

  #arrive(sent: Body['transactionJournals']): Execution {
    const journals = sent.flatMap((journal) => (journal.Id === undefined ? arrived(journal) : []));
    const execution = { at: this.#clock.now(), journals, ids: sent.flatMap(({ Id }) => Id ?? []) };
    this.executions.push(execution);
    const members = membersOf(execution, this.tables);
    for (const [member, own] of Map.groupBy(members, (each) => each)) {
      if (own.length > this.#perMember) this.violations.push(`One request held ${member} ${own.length} times.`);
      if ((this.#undecided.get(member) ?? 0) > 0) this.violations.push(`${member} was in two requests at once.`);
    }
    return execution;
  }

  #store({ journals, ids }: Execution, share: (number: string) => Share): StoredJournal[] {
    const stored: StoredJournal[] = [];
    for (const { number, member, content, unique } of journals) {
      const becomes = this.faulty.has(number) ? 'error' : share(number);
      if (becomes !== 'nothing')
        stored.push(this.tables.insert({ number, member, content, unique, status: 'Pending' }));
    }
    stored.push(...ids.flatMap((id) => this.tables.journals.find((journal) => journal.id === id) ?? []));
    for (const journal of stored) this.#run(journal, this.faulty.has(journal.number) ? 'error' : share(journal.number));
    return stored;
  }

  #run(journal: StoredJournal, becomes: Share): void {
    if (becomes === 'error') {
      journal.status = 'Error';
      journal.error = 'The rule divides by zero.';
    }
    if (becomes !== 'run') return;
    journal.status = 'Processed';
    this.effects.push({ number: journal.number, member: journal.member.toLowerCase(), at: this.#clock.now() });
  }

  #count(members: readonly string[], by: number): void {
    for (const member of members) this.#undecided.set(member, (this.#undecided.get(member) ?? 0) + by);
  }

  #counted(answer: HttpAnswer): HttpAnswer {
    if (!this.usage) return answer;
    this.usage.used += 1;
    const { used, limit } = this.usage;
    return { ...answer, headers: { ...answer.headers, 'sforce-limit-info': `api-usage=${used}/${limit}` } };
  }
}

interface Queries {
  readonly body: { readonly compositeRequest: readonly { readonly method: string; readonly url: string }[] };
}

function isOfQueries(call: Call): call is Call & Queries {
  if (call.path !== '/composite') return false;
  return (call as Queries).body.compositeRequest.every(({ method }) => method === 'GET');
}

interface Body {
  readonly transactionJournals: readonly {
    readonly Id?: string;
    readonly ExternalTransactionNumber?: string;
    readonly MembershipNumber?: string;
    readonly ActivityDate?: string;
    readonly JournalTypeName?: string;
    readonly TransactionAmount?: string | number;
    readonly Unique__c?: string;
  }[];
}

function arrived(journal: Body['transactionJournals'][number]): Execution['journals'][number] {
  const { ExternalTransactionNumber: number = '', MembershipNumber: member = '' } = journal;
  return { number, member, content: contentOf(journal), unique: journal.Unique__c };
}

function contentOf({
  ActivityDate,
  JournalTypeName,
  TransactionAmount,
}: Body['transactionJournals'][number]): JournalContent {
  return {
    ...(ActivityDate !== undefined && { ActivityDate: ActivityDate.replace(/(\.\d+)?Z$/, '.000+0000') }),
    ...(JournalTypeName !== undefined && { JournalType: JournalTypeName }),
    ...(TransactionAmount !== undefined && { TransactionAmount: Number(TransactionAmount) }),
  };
}

function membersOf({ journals, ids }: Execution, tables: Tables): string[] {
  const held = ids.flatMap((id) => tables.journals.find((journal) => journal.id === id)?.member ?? []);
  return [...journals.map(({ member }) => member), ...held].map((member) => member.toLowerCase());
}

/** Returns the results in another order than the journals, with the member as the org spells it. */
function results(journals: readonly Pick<StoredJournal, 'id' | 'member'>[]): HttpAnswer {
  const transactionJournalResult = journals
    .toReversed()
    .map(({ id, member }) => ({ id, changeInMemberPoints: [{ memberShipNumber: member }] }));
  return ok({ status: true, processResult: { transactionJournalResult } });
}

function received(answer: HttpAnswer | LostAnswerKind): HttpAnswer {
  if (typeof answer === 'object') return answer;
  throw new LostAnswerError(answer, `Lost: ${answer}.`, answer !== 'notConnected');
}
