import type { IntakeChunk, ItemState, RunCounts } from '../../../src/outbox/index.js';
import type { Transaction } from '../../../src/transaction.js';
import type { Marks } from './marks.js';

/** What a test has seen the outbox do with a key. */
export interface SeenItem {
  readonly state: ItemState;
  readonly code: string | undefined;
  readonly attempts: number;
}

type Decision =
  | 'new'
  | 'corrected'
  | 'takenUpByItself'
  | 'known'
  | 'superseded'
  | 'repeatAccepted'
  | 'refusedBefore'
  | 'openBefore'
  | 'repeated'
  | 'conflict';

/** What is known about a key, and which lines had which content. */
interface KnownContent {
  content: string;
  details: string;
  /** Feed and line of every line that had the current content. */
  places: Set<string>;
  /** What a correction or a person has overruled: content, feed and line. */
  readonly overruled: Set<string>;
  keptOrg: boolean;
  /** How often the replaced transaction was sent. */
  sentBefore: number;
}

type LineCounts = RunCounts['transactions'];

const openStates: ReadonlySet<ItemState> = new Set(['held', 'ready', 'sent', 'unknown']);

/**
 * A second implementation of the table "The same key again" of `docs/sync-protocol.md`, written from the table and not
 * from the code of the outbox. It receives every group of rows, and returns how each row must be counted.
 */
export class KeyModel {
  readonly #keys = new Map<string, KnownContent>();
  /** By run, feed and key: the contents that the file has had so far. */
  readonly #inFile = new Map<string, string>();
  /** By run and key: the files that had it. */
  readonly #inRun = new Map<string, Set<string>>();
  /** By key: every line that was reported as in conflict. */
  readonly #conflicts = new Map<string, Set<string>>();
  readonly #marks: Marks;

  constructor(marks: Marks) {
    this.#marks = marks;
  }

  /** Returns the content and the member that the outbox wants the org to have. */
  contentOf(key: string): string | undefined {
    return this.#keys.get(key)?.content;
  }

  wasCorrected(key: string): boolean {
    return (this.#keys.get(key)?.overruled.size ?? 0) > 0;
  }

  isOverruled(feed: string, line: number, transaction: Transaction): boolean {
    const { content } = said(transaction);
    return this.#keys.get(transaction.key)?.overruled.has(`${content} ${feed} ${line}`) ?? false;
  }

  /** Takes in rows. @param ofRun keys that the run had before these rows, because they were open then or retried */
  accept(
    chunk: IntakeChunk,
    seen: (key: string) => SeenItem | undefined,
    ofRun: ReadonlySet<string>,
  ): Partial<Record<keyof LineCounts, number>> {
    const counts: Partial<Record<keyof LineCounts, number>> = {};
    const add = (name: keyof LineCounts): void => {
      counts[name] = (counts[name] ?? 0) + 1;
    };
    const fresh = new Map<string, SeenItem>();
    for (const { line, transaction } of chunk.transactions) {
      const item = fresh.get(transaction.key) ?? seen(transaction.key);
      const decision = this.#decide(chunk, line, { transaction, item, isOfRun: ofRun.has(transaction.key) });
      add(decision);
      const { details, content } = said(transaction);
      const known = this.#keys.get(transaction.key);
      const differs = known !== undefined && known.details !== details && known.content === content;
      if ((decision === 'known' || decision === 'repeatAccepted' || decision === 'openBefore') && differs)
        add('detailsDiffer');
      this.#follow(decision, chunk, { line, transaction, sentBefore: item?.attempts ?? 0 });
      const becomes = this.#becomes(decision, chunk, item);
      if (becomes) fresh.set(transaction.key, becomes);
    }
    return counts;
  }

  /** Records that a person has decided that the org is right. */
  keepOrg(key: string, isDone: boolean): void {
    const known = this.#keys.get(key);
    if (!known) return;
    for (const place of this.#conflicts.get(key) ?? []) known.overruled.add(place);
    if (isDone) return;
    for (const place of known.places) known.overruled.add(`${known.content} ${place}`);
    Object.assign(known, { content: '', places: new Set(), keptOrg: true });
  }

  #decide(
    chunk: IntakeChunk,
    line: number,
    { transaction, item, isOfRun }: { transaction: Transaction; item: SeenItem | undefined; isOfRun: boolean },
  ): Decision {
    const { key } = transaction;
    const known = this.#keys.get(key);
    if (!known || !item) return 'new';
    const { content, details } = said(transaction);
    const isSame = known.content === content;
    const note = (row: string, decision: Decision): Decision => {
      this.#marks.met(`same key: ${row}, ${isSame ? 'same' : 'other'} content: ${decision}`);
      return decision;
    };
    const inFile = this.#inFile.get(`${chunk.run} ${chunk.feed} ${key}`);
    if (inFile !== undefined) {
      if (inFile !== content) return note('same file', 'conflict');
      return note('same file', chunk.acceptsRepeats ? 'repeatAccepted' : 'repeated');
    }
    const isOld = !isSame && known.overruled.has(`${content} ${chunk.feed} ${line}`);
    const isInRun = (this.#inRun.get(`${chunk.run} ${key}`)?.size ?? 0) > 0;
    if (isInRun && isSame) return note('same run', 'repeatAccepted');
    if (isOld) return note(item.state, this.#old(item));
    const wasSent = item.attempts > known.sentBefore;
    if (isInRun && (item.state === 'done' || wasSent)) return note('same run', 'conflict');
    if (item.state === 'done') {
      if (isSame) return note('done', 'known');
      return note(known.keptOrg ? 'done as the org has it' : 'done', known.keptOrg ? 'corrected' : 'conflict');
    }
    if (!isSame || (known.details !== details && !keepsDetails.has(item.state))) {
      return note(isInRun ? 'same run' : isSame ? `${item.state}, other details` : item.state, 'corrected');
    }
    if (item.state !== 'refused') return note(item.state, 'openBefore');
    if (isOfRun) return note('refused by this run', 'openBefore');
    if (item.code === 'UNKNOWN_MEMBER') return note('refused for its member', 'takenUpByItself');
    return note('refused', 'refusedBefore');
  }

  /** Handles a replaced line that is read again: nothing changes, but what needs a person is reported. */
  #old({ state }: SeenItem): Decision {
    if (state === 'done' || openStates.has(state)) return 'superseded';
    return state === 'refused' ? 'refusedBefore' : 'openBefore';
  }

  #follow(
    decision: Decision,
    { run, feed }: IntakeChunk,
    { line, transaction, sentBefore }: IntakeChunk['transactions'][number] & { sentBefore: number },
  ): void {
    const { key } = transaction;
    const { content, details } = said(transaction);
    const place = `${feed} ${line}`;
    const known = this.#keys.get(key);
    if (!known || decision === 'new') {
      this.#keys.set(key, {
        content,
        details,
        places: new Set([place]),
        overruled: new Set(),
        keptOrg: false,
        sentBefore,
      });
    } else if (decision === 'corrected') {
      for (const old of known.places) known.overruled.add(`${known.content} ${old}`);
      Object.assign(known, { content, details, places: new Set([place]), keptOrg: false, sentBefore });
    } else if (known.content === content) known.places.add(place);
    if (decision === 'conflict') {
      const told = this.#conflicts.get(key) ?? new Set();
      this.#conflicts.set(key, told.add(`${content} ${place}`));
    }
    if (this.#keys.get(key)?.content !== content) return;
    this.#inFile.set(`${run} ${feed} ${key}`, content);
    const files = this.#inRun.get(`${run} ${key}`) ?? new Set();
    this.#inRun.set(`${run} ${key}`, files.add(feed));
  }

  /** Returns what becomes of the item while the rest of the group is taken in. */
  #becomes(decision: Decision, { lookUpFirst }: IntakeChunk, item: SeenItem | undefined): SeenItem | undefined {
    const attempts = item?.attempts ?? 0;
    if (decision === 'new') return { state: lookUpFirst ? 'unknown' : 'ready', code: undefined, attempts };
    if (decision === 'corrected')
      return { state: item?.state === 'ready' ? 'ready' : 'unknown', code: undefined, attempts };
    return decision === 'takenUpByItself' ? { state: 'held', code: item?.code, attempts } : undefined;
  }
}

/** States in which the org may have the purchase, and it is the same one. */
const keepsDetails: ReadonlySet<string> = new Set(['sent', 'parked', 'conflictInOrg', 'doubled']);

/** Returns what identifies a purchase here, the member and the amount, and its details. */
export function said({ member, journal }: Transaction): { content: string; details: string } {
  const { TransactionAmount, Item__c, Note__c } = journal;
  return {
    content: `${member.toLowerCase()}/${String(TransactionAmount)}`,
    details: `${String(Item__c)}/${String(Note__c ?? '')}`,
  };
}
