import type { Random } from '../../../src/base/random.js';
import type { Transaction } from '../../../src/transaction.js';
import { purchase } from './arrayFeed.js';
import type { TestRow } from './arrayFeed.js';
import type { NewJournal } from './tables.js';
import { oneOf } from './trouble.js';

/** A file as it is on one day. On a later day its lines can be different. */
export interface StoryFile {
  readonly name: string;
  readonly rows: readonly TestRow[];
  readonly repeats?: 'accept' | undefined;
}

/** What happens before the files of a day are read, and the files. */
export interface Day {
  /** Members who join the program. */
  readonly enrolled: readonly string[];
  /** Keys that the org no longer refuses. */
  readonly mended: readonly string[];
  /** A person decides for the org wherever it contradicts a feed. */
  readonly keepsOrg: boolean;
  /** A person retries everything that needs one. */
  readonly retries: boolean;
  readonly files: readonly StoryFile[];
}

/** How the org can have a key from another sender before the first run. */
export const heldVariants = [
  'processed',
  'processedOther',
  'pending',
  'pendingOther',
  'error',
  'errorOther',
  'cancelled',
  'cancelledOther',
  'otherStatus',
  'twice',
  'withAdjustment',
  'onlyAdjustment',
  'errorAndProcessed',
] as const;
export type HeldVariant = (typeof heldVariants)[number];

export interface HeldKey {
  readonly transaction: Transaction;
  readonly variant: HeldVariant;
}

export interface Story {
  readonly days: readonly Day[];
  /** Persons who are not in the program when the story begins. */
  readonly strangers: readonly string[];
  readonly members: readonly string[];
  /** Keys that the org refuses, and keys that it stores with an error. */
  readonly refused: readonly string[];
  readonly faulty: readonly string[];
  readonly held: readonly HeldKey[];
}

const contents = ['coffee', 'tea', 'cake', 'juice'] as const;

/** Makes feeds over several days: new files, the same files again, corrected ones, and others with the same keys. */
export function tellStory(random: Random): Story {
  const members = Array.from({ length: random.integer(1, 7) }, (_, index) => `M${index}`);
  const strangers = random.next() < 0.6 ? ['nobody', 'noone'] : [];
  const isClean = random.next() < 0.35;
  const teller = new Teller(random, members, isClean ? [] : strangers, isClean);
  const days = Array.from({ length: random.integer(1, 4) }, (_, index) => teller.day(index));
  const keys = teller.keys.filter((key) => key.length < 12);
  const some = (share: number): string[] => keys.filter(() => random.next() < share);
  const refused = some(oneOf(random, [0, 0.08]));
  const faulty = some(isClean ? 0 : oneOf(random, [0, 0, 0.05])).filter((key) => !refused.includes(key));
  const isBad = new Set([...refused, ...faulty]);
  const held = !isClean && random.next() < 0.4 ? holdSome(random, teller.known, { isBad, strangers }) : [];
  const mended = days.map(({ mended: _, ...day }, index) => ({
    ...day,
    mended: index > 0 && random.next() < 0.6 ? refused.filter(() => random.next() < 0.7) : [],
  }));
  return { days: mended, strangers, members, refused, faulty, held };
}

class Teller {
  readonly #random: Random;
  readonly #members: readonly string[];
  readonly #strangers: readonly string[];
  readonly #files: StoryFile[] = [];
  /** The first transaction of every key. */
  readonly known = new Map<string, Transaction>();
  #lastKey = 0;

  /** True if nothing in the feeds needs a person. */
  readonly #isClean: boolean;

  constructor(random: Random, members: readonly string[], strangers: readonly string[], isClean: boolean) {
    this.#isClean = isClean;
    this.#random = random;
    this.#members = members;
    this.#strangers = strangers;
  }

  get keys(): string[] {
    return [...this.known.keys()];
  }

  day(index: number): Day {
    const random = this.#random;
    const wanted = index === 0 ? random.integer(1, 2) : random.integer(1, 3);
    const files = new Map<string, StoryFile>();
    for (let left = wanted; left > 0; left--) {
      const file = this.#file(`${index}-${left}`, [...files.values()]);
      if (!files.has(file.name)) files.set(file.name, file);
    }
    this.#files.push(...files.values());
    return {
      enrolled: index > 0 && random.next() < 0.5 ? this.#strangers.slice(0, random.integer(1, 2)) : [],
      mended: [],
      keepsOrg: index > 0 && random.next() < 0.5,
      retries: index > 0 && random.next() < 0.2,
      files: random.next() < 0.5 ? [...files.values()] : [...files.values()].reverse(),
    };
  }

  #file(name: string, ofToday: readonly StoryFile[]): StoryFile {
    const random = this.#random;
    const earlier = [...this.#files, ...ofToday];
    const dice = random.next();
    if (earlier.length === 0 || dice < 0.25) return this.#newFile(`till-${name}.csv`);
    const before = oneOf(random, earlier);
    if (dice < 0.5 || this.#isClean) return before;
    if (dice < 0.8) return { ...before, rows: this.#changed(before.rows) };
    return { ...before, name: `web-${name}.csv`, rows: this.#changed(before.rows) };
  }

  #newFile(name: string): StoryFile {
    const rows: TestRow[] = [];
    for (let left = this.#random.integer(3, 40); left > 0; left--) rows.push(this.#row(rows));
    const repeats = this.#random.next() < 0.4 ? ('accept' as const) : undefined;
    return { name, rows, repeats };
  }

  #row(before: readonly TestRow[]): TestRow {
    const random = this.#random;
    const dice = random.next();
    const other = before[random.integer(0, Math.max(0, before.length - 1))];
    if (this.#isClean) return dice < 0.06 ? 'skipped' : this.#purchase();
    if (dice < 0.03) return 'rejected';
    if (dice < 0.06) return 'skipped';
    if (dice < 0.1 && typeof other === 'object') return other;
    if (dice < 0.13 && typeof other === 'object') return otherDetails(other);
    if (dice < 0.15 && typeof other === 'object') return this.#otherContent(other);
    return this.#purchase();
  }

  #purchase(): Transaction {
    const random = this.#random;
    const member = oneOf(random, [...this.#members, ...this.#strangers, this.#members[0]!]);
    const key = String(++this.#lastKey);
    // Now and then too long for the field, and not always spelled as in the org.
    const long = random.next() < 0.1 ? `${key}-${'long'.repeat(8)}` : key;
    const isSpelled = this.#strangers.includes(member) || random.next() < 0.9;
    const made = purchase(long, isSpelled ? member : member.toLowerCase(), oneOf(random, contents));
    this.known.set(made.key, made);
    return made;
  }

  /** Returns the same file on a later day, with some changed lines. */
  #changed(rows: readonly TestRow[]): TestRow[] {
    const random = this.#random;
    const changed = rows.map((row) => {
      const dice = random.next();
      if (typeof row !== 'object' || dice < 0.7) return row;
      if (dice < 0.8) return otherDetails(row);
      return dice < 0.97 ? this.#otherContent(row) : ('skipped' as const);
    });
    return random.next() < 0.5 ? [...changed, this.#purchase()] : changed;
  }

  #otherContent(row: Transaction): Transaction {
    const [source, key = ''] = row.key.split(':');
    if (source === undefined) return row;
    if (this.#random.next() < 0.2)
      return purchase(key, oneOf(this.#random, this.#members), String(row.journal['Item__c']));
    const others = contents.filter((what) => what !== row.journal['Item__c']);
    return purchase(key, row.member, oneOf(this.#random, others));
  }
}

function otherDetails(row: Transaction): Transaction {
  return { ...row, journal: { ...row.journal, Note__c: `${String(row.journal['Note__c'] ?? '')}!` } };
}

/** Chooses some keys whose members are in the program, and which nothing else affects. */
function holdSome(
  random: Random,
  known: ReadonlyMap<string, Transaction>,
  { isBad, strangers }: { isBad: ReadonlySet<string>; strangers: readonly string[] },
): HeldKey[] {
  const share = oneOf(random, [0.1, 0.4, 1]);
  const usual = oneOf(random, heldVariants);
  return [...known.values()].flatMap((transaction) => {
    if (isBad.has(transaction.key) || strangers.includes(transaction.member) || random.next() >= share) return [];
    return { transaction, variant: random.next() < 0.4 ? usual : oneOf(random, heldVariants) };
  });
}

/** Returns the journals that the org has of a held key. */
export function heldJournals({ transaction, variant }: HeldKey, number: string): NewJournal[] {
  const { member } = transaction;
  const content = contentOf(transaction);
  const other = { ...content, TransactionAmount: 99 };
  const journal = (status: string, more: Partial<NewJournal> = {}): NewJournal => ({
    ...{ number, member, status, content },
    ...more,
  });
  switch (variant) {
    case 'processed':
      return [journal('Processed')];
    case 'processedOther':
      return [journal('Processed', { content: other })];
    case 'pending':
      return [journal('Pending')];
    case 'pendingOther':
      return [journal('Pending', { content: other })];
    case 'error':
      return [journal('Error', { error: 'The rule divides by zero.' })];
    case 'errorOther':
      return [journal('Error', { content: other, error: 'The rule divides by zero.' })];
    case 'cancelled':
      return [journal('Cancelled')];
    case 'cancelledOther':
      return [journal('Cancelled', { content: other })];
    case 'otherStatus':
      return [journal('Simulated')];
    case 'twice':
      return [journal('Processed'), journal('Processed')];
    case 'withAdjustment':
      return [journal('Processed'), journal('Processed', { content: other, relatedTo: '0lV000000000000AAA' })];
    case 'onlyAdjustment':
      return [journal('Processed', { content: other, relatedTo: '0lV000000000000AAA' })];
    case 'errorAndProcessed':
      return [journal('Error', { error: 'No.' }), journal('Processed')];
  }
}

export function contentOf({ journal }: Transaction): NonNullable<NewJournal['content']> {
  return {
    ActivityDate: String(journal['ActivityDate']).replace('Z', '.000+0000'),
    JournalType: String(journal['JournalTypeName']),
    TransactionAmount: Number(journal['TransactionAmount']),
  };
}
