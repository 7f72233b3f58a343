import { expect } from 'chai';
import { openStates } from '../../../src/outbox/index.js';
import type { ItemState } from '../../../src/outbox/index.js';
import type { SyncReport } from '../../../src/sync/index.js';
import type { KeyModel, SeenItem } from './keyModel.js';
import type { Marks } from './marks.js';
import type { StoryFile } from './story.js';
import type { StoredJournal } from './tables.js';
import type { Witness } from './witness.js';
import type { World } from './world.js';

export interface Truth {
  readonly world: World;
  readonly witness: Witness;
  readonly model: KeyModel;
  readonly marks: Marks;
  /** The org runs journals that another sender stored as Pending. */
  readonly runPending: boolean;
  /** Keys that the org had from another sender. */
  readonly held: ReadonlySet<string>;
  /** Whether transactions of members who do not exist are held. */
  readonly holds: boolean;
  /** Tells whether a key can be refused although the org has no journal of it. */
  readonly mayBeRefused: (key: string) => boolean;
  /** Keys whose journal fails, which only a look-up shows. */
  readonly faulty: ReadonlySet<string>;
}

/** Checks after a complete run that what the outbox says about every key matches the org. */
export function expectTruth(truth: Truth): void {
  const { world, witness } = truth;
  expect(witness.contradictions).to.deep.equal([]);
  const parked = parkedMembers(truth);
  for (const [key, item] of witness.items) {
    if (isBehind(truth, key, parked)) continue;
    const own = journalsOf(truth, key).filter(({ relatedTo }) => relatedTo === null);
    const wanted = wantedStates(truth, key, livingOf(own));
    const org = own.map(({ id, status, member, content }) => `${id} ${status} ${member} ${content.TransactionAmount}`);
    expect(item.state, `${key}; the org has ${org.join(', ') || 'nothing'}`).to.be.oneOf(wanted);
  }
  const effects = Object.entries(world.effects()).filter(([, times]) => times > 1);
  expect(effects, 'run more than once').to.deep.equal([]);
  expectOrder(truth);
}

/**
 * Tells whether everything open is parked, waits behind a parked item of its member, or is held because its member does
 * not exist.
 */
export function waitsForPerson(truth: Truth): boolean {
  const parked = parkedMembers(truth);
  return [...truth.witness.items].every(
    ([key, { state }]) =>
      state === 'parked' ||
      !openStates.includes(state) ||
      isBehind(truth, key, parked) ||
      (state === 'held' && waitsForMember(truth, key)),
  );
}

/** Tells whether the key has to be held until its member exists. */
function waitsForMember(truth: Truth, key: string): boolean {
  return truth.holds && truth.world.org.tables.memberId(memberOf(truth, key)) === undefined;
}

function isBehind(truth: Truth, key: string, parked: ReadonlySet<string>): boolean {
  return truth.witness.seen(key)?.state === 'ready' && parked.has(memberOf(truth, key));
}

function parkedMembers(truth: Truth): ReadonlySet<string> {
  return new Set(
    [...truth.witness.items].flatMap(([key, { state }]) => (state === 'parked' ? memberOf(truth, key) : [])),
  );
}

function memberOf({ model }: Truth, key: string): string {
  return model.contentOf(key)?.split('/')[0] ?? '';
}

function wantedStates(truth: Truth, key: string, [journal, ...others]: readonly StoredJournal[]): ItemState[] {
  const note = (row: string, ...states: ItemState[]): ItemState[] => {
    truth.marks.met(`org: ${row}`);
    return states;
  };
  if (!journal && waitsForMember(truth, key)) return note('nothing, and its member is not there', 'held');
  if (!journal) return truth.mayBeRefused(key) ? note('nothing, for a reason', 'refused') : ['done'];
  if (others.length > 0) return note('several', 'doubled');
  const content = truth.model.contentOf(key);
  const isSame = content === '' || content === `${journal.member.toLowerCase()}/${amountOf(journal)}`;
  const which = isSame ? 'same content' : 'other content';
  const isOurs = truth.world.org.executions.some(({ journals }) =>
    journals.some(({ number }) => number === journal.number),
  );
  switch (journal.status) {
    case 'Processed':
      return note(`Processed, ${which}`, isSame ? 'done' : 'conflictInOrg');
    case 'Cancelled':
      return note(`Cancelled, ${which}`, isSame ? 'done' : 'conflictInOrg');
    case 'Error':
      if (isSame && truth.faulty.has(key)) return ['done', 'refused'];
      return note(`Error, ${which}`, isSame ? 'refused' : 'parked');
    case 'Pending':
      if (isSame && (isOurs || truth.runPending)) return ['done'];
      return note(`Pending, ${which}`, isSame ? 'parked' : 'conflictInOrg');
    default:
      return note(`another status, ${which}`, isSame ? 'parked' : 'conflictInOrg');
  }
}

function amountOf({ content }: StoredJournal): string {
  return (content.TransactionAmount ?? 0).toFixed(2);
}

/** Leaves out failed and cancelled journals if there is another one. */
function livingOf(own: readonly StoredJournal[]): readonly StoredJournal[] {
  const living = own.filter(({ status }) => status !== 'Error' && status !== 'Cancelled');
  return own.length > 1 && living.length > 0 ? living : own;
}

function journalsOf({ world }: Truth, key: string): StoredJournal[] {
  const number = world.numberOf(key);
  return world.org.tables.journals.filter((journal) => journal.number === number);
}

/** Checks for each member that what never needed a person reached the org in the order in which it was read. */
function expectOrder({ world, witness, held }: Truth): void {
  const position = new Map([...witness.items.keys()].map((key, index) => [world.numberOf(key), { key, index }]));
  const last = new Map<string, { index: number; key: string }>();
  for (const { number, member } of world.org.effects) {
    const found = position.get(number);
    if (!found || witness.irregular.has(found.key) || held.has(found.key)) continue;
    const before = last.get(member);
    expect(before?.index ?? -1, `${found.key} came behind ${before?.key ?? ''}`).to.be.lessThan(found.index);
    last.set(member, found);
  }
}

/** Checks law 11: exit code 0 means that the org has everything that was read; 68 has a reason that can be named. */
export function expectExitCode(
  truth: Truth,
  { code, report, files }: { code: number; report: SyncReport; files: readonly StoryFile[] },
): void {
  expect(code, 'exit code of a run at its end').to.be.oneOf(report.ending === 'complete' ? [0, 68] : [69]);
  truth.marks.met(`exit code: ${code}`);
  const missing = files.flatMap((file) => missingIn(truth, file));
  if (code === 0) expect(missing, 'exit code 0, but').to.deep.equal([]);
  else if (missing.length === 0) {
    const told = report.records.filter(({ status }) => status !== 'detailsDiffer');
    expect(told.length, 'reasons for exit code 68').to.be.greaterThan(0);
  }
  expectRows(truth, report, files);
}

function missingIn(truth: Truth, { name, rows, repeats }: StoryFile): string[] {
  const seen = new Set<string>();
  return rows.flatMap((row, index) => {
    const at = `${name} line ${index + 2}`;
    if (row === 'rejected') return `${at} was rejected`;
    if (row === 'skipped' || row === 'grouped') return [];
    // A correction or a person has decided about this line.
    if (truth.model.isOverruled(name, index + 2, row)) return [];
    if (seen.has(row.key) && repeats !== 'accept') return `${at} repeats ${row.key}`;
    seen.add(row.key);
    const item: SeenItem | undefined = truth.witness.seen(row.key);
    const living = livingOf(journalsOf(truth, row.key).filter(({ relatedTo }) => relatedTo === null));
    const [journal] = living;
    if (living.length !== 1 || !journal) return `${at}: the org has ${living.length} journals of ${row.key}`;
    const same = `${row.member.toLowerCase()}/${Number(row.journal['TransactionAmount']).toFixed(2)}`;
    if (`${journal.member.toLowerCase()}/${amountOf(journal)}` !== same) return `${at}: the org has other content`;
    return item?.state === 'done' ? [] : `${at}: ${row.key} is ${item?.state ?? 'unknown'}`;
  });
}

/** Checks that every row was counted once. */
function expectRows(
  { witness }: Truth,
  { run, counts: { rows, transactions } }: SyncReport,
  files: readonly StoryFile[],
): void {
  const all = files.flatMap((file) => file.rows);
  const count = (is: 'rejected' | 'skipped'): number => all.filter((row) => row === is).length;
  const [rejected, skipped] = [count('rejected'), count('skipped')];
  expect(rows).to.deep.equal({ read: all.length, used: all.length - rejected - skipped, skipped, rejected });
  const expected = witness.expected.get(run) ?? {};
  for (const name of ['known', 'superseded', 'repeatAccepted', 'repeated', 'conflict', 'corrected', 'new'] as const) {
    expect(transactions[name], `${name} in the report`).to.equal(expected[name] ?? 0);
  }
}
