import { expect } from 'chai';
import fc from 'fast-check';
import { OpenItemsError, waitsForMember } from '../../src/outbox/index.js';
import type { Delivery, Outbox, Outcome, OutboxItem } from '../../src/outbox/index.js';
import { failureOf } from '../client/loopback.js';
import { purchase } from '../sync/org/arrayFeed.js';
import type { Ending, Model } from './model.js';
import type { ModelLine } from './modelTable.js';
import { person } from './model.js';

/** The outbox under test. `reopen` opens it again after a crash. */
export interface Real {
  outbox: Outbox;
  reopen(): Promise<Outbox>;
}

export type Command = fc.AsyncCommand<Model, Real>;

const numbers = fc.integer({ min: 1, max: 8 });
const keys = numbers.map((number) => `till:${number}`);
const members = fc.constantFrom('A1', 'a1', 'B2', 'C3', 'D4', 'stranger');
const reason = { code: 'UNKNOWN_MEMBER', message: (member: string) => `No ${member}.` };

/** A command that is always possible. */
export function command(text: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return { check: () => true, run, toString: () => text };
}

/** Nearly every key has its own member, content and details, so that many lines are the same. */
const rows = fc.array(
  fc
    .record({
      number: fc.oneof({ weight: 3, arbitrary: numbers }, fc.integer({ min: 9, max: 60 })),
      other: fc.constantFrom('nothing', 'nothing', 'nothing', 'nothing', 'member', 'content', 'details'),
      member: members,
    })
    .map(({ number, other, member }) => ({
      number,
      member: other === 'member' ? member : (['A1', 'a1', 'B2', 'stranger'][number % 4] ?? 'A1'),
      what: other === 'content' ? 'tea' : 'coffee',
      store: other === 'details' ? 'Pier 2' : 'Pier 1',
    })),
  { maxLength: 8 },
);

const accepts = fc
  .record({
    rows,
    feed: fc.constantFrom('till.csv', 'till.csv', 'web.csv'),
    rejected: fc.nat(2),
    skipped: fc.nat(2),
    lookUpFirst: fc.boolean(),
    acceptsRepeats: fc.boolean(),
  })
  .map(({ rows: read, feed, rejected, skipped, ...options }) => {
    const said = read.map(({ number, member, what, store }) => `${number} ${member} ${what} ${store}`);
    return command(`accept(${feed}: ${said.join(', ')}; ${JSON.stringify(options)})`, async (model, { outbox }) => {
      if (model.run === '') model.begin((await outbox.runs.begin({})).id);
      const run = model.runs.get(model.run)!;
      const first = run.nextLine.get(feed) ?? 2;
      const transactions = read.map(({ number, member, what, store }, index) => {
        const { key, journal } = purchase(String(number), member, what);
        const { Item__c: _detail, ...content } = journal;
        return { line: first + index, transaction: { key, member, journal: { ...content, Store__c: store } } };
      });
      run.nextLine.set(feed, first + read.length);
      for (const [index, { line, transaction }] of transactions.entries()) {
        const { key, member } = transaction;
        const { what, store } = read[index]!;
        const known: ModelLine = {
          ...{ key, member, content: `${member.toLowerCase()} ${what}`, details: store, feed, line },
        };
        model.accept(known, options);
      }
      run.rejected += rejected;
      run.skipped += skipped;
      await outbox.intake.accept({
        ...options,
        run: model.run,
        feed,
        transactions,
        rejections: Array.from({ length: rejected }, (_, line) => ({
          ...{ kind: 'rejection' as const, feed, line, code: 'missing-member', message: 'No member.' },
        })),
        skipped,
        endedGroups: [],
        position: { rows: run.used },
        complete: false,
      });
    });
  });

const policies = fc.constantFrom('refuse', 'hold', 'hold', 'refuseHeld');

const checks = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.boolean(), policies).map(([limit, isEnrolled, policy]) =>
  command(`check(${limit}, ${String(isEnrolled)}, ${policy})`, async (model, { outbox }) => {
    const asked = await outbox.delivery.uncheckedMembers(limit);
    expect(asked).to.have.length(Math.min(limit, model.unchecked.length));
    expect(model.unchecked).to.include.members(asked.map((member) => member.toLowerCase()));
    const isAbsent = (member: string): boolean => member === 'stranger' && !isEnrolled;
    const [found, absent] = [asked.filter((each) => !isAbsent(each)), asked.filter(isAbsent)];
    for (const member of found) model.found(member);
    const kept = policy === 'refuse' ? waitsForMember : undefined;
    let ended = 0;
    for (const member of absent) {
      if (policy === 'hold') model.hold(member, waitsForMember);
      else ended += model.absent(member, reason.code, kept);
    }
    const given = { ...reason, policy, ...(policy === 'hold' && { code: waitsForMember }) };
    expect(await outbox.delivery.checkedMembers(found, absent, given)).to.have.length(ended);
  }),
);

const rechecks = fc.constant(
  command('recheck', async (model, { outbox }) => {
    model.recheck();
    await outbox.delivery.recheckMembers();
  }),
);

type PackOptions = Parameters<Delivery['pack']>[0];

const packOptions = fc.record({
  size: fc.integer({ min: 1, max: 4 }),
  atLeast: fc.integer({ min: 1, max: 4 }),
  count: fc.integer({ min: 1, max: 3 }),
  perMember: fc.constantFrom(undefined, 1, 2, 3),
});

const packs = packOptions.map((options) =>
  command(`pack(${JSON.stringify(options)})`, async (model, { outbox }) => {
    await pack(model, outbox, { ...options, now: model.now });
  }),
);

/** Returns, for each batch, the lengths of the queues that it is filled from, and how many items it takes of each. */
function sharesOf(
  model: Model,
  { size, atLeast, count, perMember = 1 }: PackOptions,
): [length: number, items: number][][] {
  const lengths = model.free.map((member) => model.openOf(member)).toSorted((a, b) => b - a);
  const batches: [number, number][][] = [];
  let batch: [number, number][] = [];
  let room = size;
  for (const length of lengths) {
    const items = Math.min(length, perMember, room);
    batch.push([length, items]);
    room -= items;
    if (room > 0) continue;
    batches.push(batch);
    batch = [];
    room = size;
  }
  if (size - room >= atLeast) batches.push(batch);
  return batches.slice(0, count);
}

async function pack(model: Model, { delivery }: Outbox, options: PackOptions): Promise<void> {
  const expected = sharesOf(model, options);
  const { free } = model;
  const batches = await delivery.pack(options);
  const packed = batches.map(({ items }) => [...Map.groupBy(items, ({ member }) => member.toLowerCase())]);
  expect(
    packed.map((queues) => queues.map(([member, items]) => [model.openOf(member), items.length])),
    'longest first',
  ).to.deep.equal(expected);
  const queues = packed.flat();
  const members = queues.map(([member]) => member);
  expect(new Set(members).size, 'no member in two batches').to.equal(members.length);
  expect(free, 'free').to.include.members(members);
  for (const [member, items] of queues) {
    const first = model.itemsOf(member, 'ready').slice(0, items.length);
    expect(
      items.map(({ seq }) => seq),
      'first of its queue',
    ).to.deep.equal(first.map(({ seq }) => seq));
  }
  for (const batch of batches) leave(model, batch.items);
}

function leave(model: Model, items: readonly OutboxItem[]): void {
  for (const item of items) {
    const known = model.of(item);
    Object.assign(known, { state: 'sent', wasSent: true, attempts: known.attempts + 1 });
    expect(item).to.include({ state: 'sent', attempts: known.attempts });
  }
  if (items.length > 0) model.inFlight.push([...items]);
}

const ends: fc.Arbitrary<Ending[]> = fc.array(
  fc.record({
    to: fc.constantFrom('done', 'done', 'done', 'refused', 'parked', 'ready', 'unknown', 'conflictInOrg', 'doubled'),
    until: fc.nat(1000),
    found: fc.boolean(),
  }),
  { minLength: 12, maxLength: 12 },
);

function outcome(model: Model, item: OutboxItem, { until: later, ...ending }: Ending): Outcome {
  const until = model.now + later;
  model.settle(model.of(item), { ...ending, until });
  const journalId = later % 2 === 0 ? `0lV${item.seq}` : undefined;
  if (ending.to === 'done') return { item, to: ending.to, journalId, found: ending.found };
  if (ending.to === 'ready' || ending.to === 'unknown') return { item, to: ending.to, until };
  return { item, to: ending.to, code: 'NO', message: 'No.', ...(journalId === undefined ? {} : { journalId }) };
}

/** The answers of two requests and of a look-up may arrive in the same turn. */
const settles = fc.tuple(fc.integer({ min: 1, max: 2 }), ends).map(([requests, endings]) =>
  command(`settle(${requests})`, async (model, { outbox }) => {
    const answered = [...model.inFlight.splice(0, requests), model.lookUp.splice(0)];
    await Promise.all(
      answered.map((items) =>
        outbox.delivery.settle(items.map((item, index) => outcome(model, item, endings[index % endings.length]!))),
      ),
    );
  }),
);

/** When an answer arrives, the next batch is asked for in the same turn, and knows what was settled. */
const settlesAndPacks = fc.tuple(ends, packOptions).map(([endings, options]) =>
  command(`settle and pack(${JSON.stringify(options)})`, async (model, { outbox }) => {
    const answered = model.inFlight.shift() ?? [];
    const outcomes = answered.map((item, index) => outcome(model, item, endings[index % endings.length]!));
    await Promise.all([outbox.delivery.settle(outcomes), pack(model, outbox, { ...options, now: model.now })]);
  }),
);

/** A refused request is sent again in two halves. What was corrected meanwhile is not, and its correction goes on. */
const repacks = fc.constant(
  command('repack', async (model, { outbox }) => {
    const items = model.inFlight.shift();
    if (!items) return;
    const middle = Math.ceil(items.length / 2);
    for (const half of [items.slice(0, middle), items.slice(middle)]) {
      const replaced = half.filter((item) => !model.of(item).current);
      for (const item of replaced) model.settle(model.of(item), { to: 'ready', until: 0 });
      const { items: sent } = await outbox.delivery.repack(half);
      expect(sent).to.have.length(half.length - replaced.length);
      leave(model, sent);
    }
  }),
);

/** Unknown items are looked up, one look-up at a time: some are pending in the org and are run, the others are settled. */
const looks = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.boolean()).map(([limit, pending]) =>
  command(`look up(${limit}, ${String(pending)})`, async (model, { outbox }) => {
    if (model.lookUp.length > 0) return;
    const due = await outbox.delivery.dueUnknown(model.now, limit);
    const expected = model.items.filter(({ state, until }) => state === 'unknown' && until <= model.now);
    expect(due).to.have.length(Math.min(limit, expected.length));
    expect(expected.map(({ seq }) => seq)).to.include.members(due.map(({ seq }) => seq));
    if (!pending) {
      model.lookUp = due;
      return;
    }
    const first = await outbox.delivery.firstUnknown(due);
    for (const item of due) {
      const [front] = model.itemsOf(item.member, 'unknown');
      expect(first.includes(item), `${item.key} is the first`).to.equal(front!.seq === item.seq);
      model.of(item).until = front!.until;
    }
    if (first.length > 0) leave(model, (await outbox.delivery.repack(first)).items);
  }),
);

/** A person takes items up again, into the current run. */
const takesUp = fc
  .record({
    keys: fc.option(fc.array(keys, { maxLength: 6 }), { nil: undefined }),
    codes: fc.constantFrom(undefined, undefined, ['NO'], ['UNKNOWN_MEMBER', 'OTHER']),
    ofRun: fc.option(fc.nat(9), { nil: undefined }),
  })
  .map(({ keys: chosen, codes, ofRun }) =>
    command(`take up(${JSON.stringify({ chosen, codes, ofRun })})`, async (model, { outbox }) => {
      if (model.run === '') return;
      const run = ofRun === undefined ? undefined : [...model.runs.keys()][ofRun % model.runs.size];
      const filter = { run, keys: chosen, codes };
      const again = model.chosen(filter);
      expect(await outbox.deadLetters.takeUp(model.run, filter)).to.equal(again.length);
      model.takeUp(again);
    }),
  );

/** A person decides that the org is right. */
const keeps = keys.map((key) =>
  command(`keep org(${key})`, async (model, { outbox }) => {
    if (model.run === '') return;
    const item = model.currentOf(key);
    const contradiction = await outbox.deadLetters.contradictions(key);
    if (item && person.has(item.state)) expect(contradiction).to.have.property('seq', item.seq);
    else {
      // For a key that is not done, it is not known what the org has.
      const isDone = item?.state === 'done';
      const lines = isDone && model.conflicts(key).some((line) => !model.isOverruled(line));
      expect(contradiction).to.equal(lines ? 'lines' : undefined);
    }
    if (!contradiction) return;
    model.keepOrg(key);
    await outbox.deadLetters.keepOrg(model.run, key, contradiction === 'lines' ? undefined : '0lV9');
  }),
);

const forgets = members.map((member) =>
  command(`forget(${member})`, async (model, { outbox }) => {
    if (model.openOf(member) > 0) expect(await failureOf(outbox.forget(member))).to.be.instanceOf(OpenItemsError);
    else expect((await outbox.forget(member)).transactions).to.equal(model.forget(member));
  }),
);

const ticks = fc.nat(1500).map((milliseconds) =>
  command(`tick(${milliseconds})`, async (model) => {
    model.now += milliseconds;
  }),
);

const begins = fc.constant(
  command('begin', async (model, { outbox }) => {
    model.begin((await outbox.runs.begin({ program: 'Harbour Rewards' })).id);
  }),
);

const resumes = fc.nat(9).map((which) =>
  command(`resume(${which})`, async (model, { outbox }) => {
    const run = [...model.runs.keys()][which % Math.max(1, model.runs.size)];
    if (run === undefined) return;
    model.resume(run);
    await outbox.runs.resume(run);
  }),
);

const runEnds = fc.boolean().map((isComplete) =>
  command(`end(${String(isComplete)})`, async (model, { outbox }) => {
    if (model.run === '') return;
    model.end(model.run, isComplete);
    await outbox.runs.end(model.run, isComplete ? 'complete' : 'interrupted');
  }),
);

/** The process dies suddenly, and another one opens the outbox. */
const crashes = fc.nat(1000).map((window) =>
  command(`crash(${window})`, async (model, real) => {
    real.outbox = await real.reopen();
    model.recover(model.now + window);
    await real.outbox.delivery.recover(model.now + window);
  }),
);

export function commandsOf(maxCommands: number): fc.Arbitrary<Iterable<Command>> {
  const intake = [begins, begins, resumes, runEnds, accepts, accepts, accepts];
  const delivery = [
    checks,
    rechecks,
    checks,
    packs,
    packs,
    settles,
    settles,
    settlesAndPacks,
    settlesAndPacks,
    repacks,
    looks,
    looks,
    ticks,
    crashes,
  ];
  // Without the size, fast-check makes short histories only, in which little can happen.
  return fc.commands([...intake, ...delivery, takesUp, keeps, forgets], { maxCommands, size: 'max' });
}
