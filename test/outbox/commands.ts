import { expect } from 'chai';
import fc from 'fast-check';
import type { Outcome, OutboxItem, SqliteOutbox } from '../../src/outbox/index.js';
import type { Model } from './model.js';

/** The outbox under test; `reopen` is what happens after a crash. */
export interface Real {
  outbox: SqliteOutbox;
  reopen(): Promise<SqliteOutbox>;
}

export type Command = fc.AsyncCommand<Model, Real>;

const keys = fc.integer({ min: 1, max: 40 }).map((number) => `till:${number}`);
const members = fc.constantFrom('A1', 'a1', 'B2', 'C3', 'D4', 'stranger');
const contents = fc.constantFrom('coffee', 'coffee', 'coffee', 'tea');
const reason = { code: 'UNKNOWN_MEMBER', message: (member: string) => `No ${member}.` };

/** A command that is always possible. */
function command(text: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return { check: () => true, run, toString: () => text };
}

const begins = fc.constant(
  command('begin', async (model, { outbox }) => {
    model.begin((await outbox.runs.begin({ program: 'Harbour Rewards' })).id);
  }),
);

const accepts = fc
  .record({
    rows: fc.array(fc.tuple(keys, members, contents), { maxLength: 12 }),
    rejected: fc.nat(2),
    skipped: fc.nat(2),
    lookUpFirst: fc.boolean(),
  })
  .map(({ rows, rejected, skipped, lookUpFirst }) =>
    command(`accept(${JSON.stringify(rows)}, ${String(lookUpFirst)})`, async (model, { outbox }) => {
      if (model.run === '') model.begin((await outbox.runs.begin({})).id);
      for (const [key, member, content] of rows) model.accept(key, member, content, lookUpFirst);
      const counts = model.counts.get(model.run)!;
      counts.rejected += rejected;
      counts.skipped += skipped;
      await outbox.intake.accept({
        run: model.run,
        feed: 'till.csv',
        transactions: rows.map(([key, member, content], index) => ({
          line: index + 2,
          transaction: { key, member, journal: { ActivityDate: 'now', Item__c: content } },
        })),
        rejections: Array.from({ length: rejected }, (_, line) => ({
          ...{ kind: 'rejection' as const, feed: 'till.csv', line, code: 'missing-member', message: 'No member.' },
        })),
        skipped,
        endedGroups: [],
        position: { rows: counts.used },
        complete: false,
        lookUpFirst,
      });
    }),
  );

const checks = fc.integer({ min: 1, max: 5 }).map((limit) =>
  command(`check(${limit})`, async (model, { outbox }) => {
    const asked = await outbox.delivery.uncheckedMembers(limit);
    expect(asked).to.have.length(Math.min(limit, model.unchecked.length));
    expect(model.unchecked).to.include.members(asked.map((member) => member.toLowerCase()));
    const [found, absent] = [asked.filter((each) => each !== 'stranger'), asked.filter((each) => each === 'stranger')];
    for (const member of found) model.laneOf(member).checked = 'found';
    const refused = absent.flatMap((member) => model.itemsOf(member, 'ready'));
    for (const item of refused) item.state = 'refused';
    for (const member of absent) model.laneOf(member).checked = 'absent';
    expect(await outbox.delivery.checkedMembers(found, absent, reason)).to.equal(refused.length);
  }),
);

const packs = fc
  .record({
    size: fc.integer({ min: 1, max: 4 }),
    atLeast: fc.integer({ min: 1, max: 4 }),
    count: fc.integer({ min: 1, max: 3 }),
  })
  .map((options) =>
    command(`pack(${JSON.stringify(options)})`, async (model, { outbox }) => {
      const { size, atLeast, count } = options;
      const { free } = model;
      const lengths = free.map((member) => model.openOf(member)).toSorted((a, b) => b - a);
      const rest = Math.min(free.length, size * count) % size;
      const expected = Math.min(free.length, size * count) - (rest < atLeast ? rest : 0);
      const batches = await outbox.delivery.pack({ ...options, now: model.now });
      const items = batches.flatMap((batch) => batch.items);
      expect(items, 'items').to.have.length(expected);
      const lanes = items.map(({ member }) => member.toLowerCase());
      expect(new Set(lanes).size, 'one of a member').to.equal(lanes.length);
      expect(free, 'free').to.include.members(lanes);
      expect(
        lanes.map((member) => model.openOf(member)).toSorted((a, b) => b - a),
        'longest first',
      ).to.deep.equal(lengths.slice(0, expected));
      for (const { key, member } of items)
        expect(model.itemsOf(member, 'ready')[0]!.key, 'first of its lane').to.equal(key);
      for (const batch of batches) leave(model, batch.items);
    }),
  );

function leave(model: Model, items: readonly OutboxItem[]): void {
  for (const item of items) {
    const known = model.of(item.key);
    known.state = 'sent';
    known.sentAt = model.now;
    known.attempts += 1;
    expect(item).to.include({ state: 'sent', attempts: known.attempts });
  }
  model.inFlight.push([...items]);
}

type End = readonly ['done' | 'refused' | 'parked' | 'ready' | 'unknown', number];

const ends = fc.array(
  fc.tuple(fc.constantFrom('done', 'done', 'refused', 'parked', 'ready', 'unknown'), fc.nat(1000)),
  { minLength: 12, maxLength: 12 },
);

function outcome(model: Model, item: OutboxItem, [to, later]: End): Outcome {
  const until = model.now + later;
  model.settle(item.key, to, until);
  if (to === 'done') return { item, to, journalId: later % 2 === 0 ? `0lV${item.key}` : undefined };
  if (to === 'refused' || to === 'parked') return { item, to, code: 'NO', message: 'No.' };
  return { item, to, until };
}

/** Answers of two requests may come in the same turn. */
const settles = fc.tuple(fc.integer({ min: 1, max: 2 }), ends).map(([requests, endings]) =>
  command(`settle(${requests})`, async (model, { outbox }) => {
    const answered = model.inFlight.splice(0, requests);
    await Promise.all(
      answered.map((items) =>
        outbox.delivery.settle(items.map((item, index) => outcome(model, item, endings[index % endings.length]!))),
      ),
    );
  }),
);

/** A refused request is sent again by halves. */
const repacks = fc.constant(
  command('repack', async (model, { outbox }) => {
    const items = model.inFlight.shift();
    if (!items) return;
    const middle = Math.ceil(items.length / 2);
    for (const half of [items.slice(0, middle), items.slice(middle)]) {
      if (half.length > 0) leave(model, (await outbox.delivery.repack(half, model.now)).items);
    }
  }),
);

/** Unknown items are looked up: some are pending in the org and are run, the others are settled. */
const looks = fc.tuple(fc.integer({ min: 1, max: 6 }), ends, fc.boolean()).map(([limit, endings, pending]) =>
  command(`look up(${limit}, ${String(pending)})`, async (model, { outbox }) => {
    const due = await outbox.delivery.dueUnknown(model.now, limit);
    const expected = model.items.filter(({ state, until }) => state === 'unknown' && until <= model.now);
    expect(due).to.have.length(Math.min(limit, expected.length));
    expect(expected.map(({ key }) => key)).to.include.members(due.map(({ key }) => key));
    if (!pending) {
      await outbox.delivery.settle(due.map((item, index) => outcome(model, item, endings[index]!)));
      return;
    }
    const first = await outbox.delivery.firstUnknown(due);
    for (const item of due) {
      const [front] = model.itemsOf(item.member, 'unknown');
      expect(first.includes(item), `${item.key} is the first`).to.equal(front!.key === item.key);
      model.of(item.key).until = front!.until;
    }
    if (first.length > 0) leave(model, (await outbox.delivery.repack(first, model.now)).items);
  }),
);

/** A person takes dead letters of the run up again. */
const retries = fc.option(fc.array(keys, { maxLength: 20 }), { nil: undefined }).map((chosen) =>
  command(`retry(${chosen?.join(' ') ?? ''})`, async (model, { outbox }) => {
    const again = model.items.filter(
      ({ run, state, key }) => run === model.run && state === 'refused' && (chosen?.includes(key) ?? true),
    );
    expect(await outbox.deadLetters.retry(model.run, { keys: chosen })).to.equal(again.length);
    for (const item of again) {
      Object.assign(item, { state: 'unknown', until: 0, retries: item.retries + 1 });
      const lane = model.laneOf(item.member);
      if (lane.checked === 'absent') lane.checked = 'no';
    }
    const retried = model.items.filter(({ run, retries: times }) => run === model.run && times > 0);
    expect(await outbox.runs.retried(model.run)).to.equal(retried.length);
  }),
);

const ticks = fc.nat(1500).map((milliseconds) =>
  command(`tick(${milliseconds})`, async (model) => {
    model.now += milliseconds;
  }),
);

/** The process dies without a word, and another one opens the outbox. */
const crashes = fc.nat(1000).map((window) =>
  command(`crash(${window})`, async (model, real) => {
    real.outbox = await real.reopen();
    const sent = model.items.filter(({ state }) => state === 'sent');
    for (const item of sent) Object.assign(item, { state: 'unknown', until: item.sentAt + window });
    for (const lane of model.lanes.values()) if (lane.checked === 'absent') lane.checked = 'no';
    model.inFlight = [];
    expect(await real.outbox.delivery.recover(window)).to.equal(sent.length);
  }),
);

export function commandsOf(options: { maxCommands: number; crashes: boolean }): fc.Arbitrary<Iterable<Command>> {
  const all = [begins, accepts, accepts, checks, packs, packs, settles, settles, repacks, looks, looks, retries, ticks];
  // Without the size, fast-check makes short histories only, in which little can happen.
  return fc.commands(options.crashes ? [...all, crashes] : all, { maxCommands: options.maxCommands, size: 'max' });
}
