import { expect } from 'chai';
import { SqliteOutbox, type IntakeChunk, type ItemReport, type Outcome } from '../../src/outbox/index.js';
import type { Transaction } from '../../src/transaction.js';
import { purchase } from '../sync/org/arrayFeed.js';
import { expectToAddUp } from '../sync/org/counts.js';
import { allStates, chunk, done, findAll, packed, refused } from './outboxFixture.js';

const coffee = purchase('1', 'A1');
const tea = purchase('1', 'A1', 'tea');
const otherMember = purchase('1', 'B2');
/** The same purchase, but another detail. */
const stored: Transaction = { ...coffee, journal: { ...coffee.journal, Store__c: 'Pier 1' } };
const absent = { code: 'UNKNOWN_MEMBER', message: (member: string): string => `No ${member}.` };

type Rest = Partial<IntakeChunk> & { firstLine?: number };

/** An outbox, what runs it had, and every question that the table is about. */
class Till implements AsyncDisposable {
  readonly outbox = SqliteOutbox.inMemory();
  readonly #runs: string[] = [];

  get run(): string {
    return this.#runs.at(-1)!;
  }

  async begin(): Promise<this> {
    this.#runs.push((await this.outbox.runs.begin({})).id);
    return this;
  }

  async reads(transactions: readonly Transaction[], rest: Rest = {}): Promise<void> {
    await this.outbox.intake.accept(chunk(this.run, transactions, rest));
    await this.addsUp();
  }

  /** What a run begins with: a key that was read, and, if it was sent, what became of it. */
  static async with(settle?: (till: Till) => Promise<void>): Promise<Till> {
    const till = await new Till().begin();
    await till.reads([coffee]);
    await findAll(till.outbox);
    await settle?.(till);
    return till.begin();
  }

  async settle(outcome: (item: Awaited<ReturnType<typeof packed>>[number]) => Outcome): Promise<void> {
    await this.outbox.delivery.settle((await packed(this.outbox)).map(outcome));
    await this.addsUp();
  }

  /** Counts of the run that are not zero, but for what was read. */
  async counts(): Promise<Record<string, number>> {
    const { transactions, items } = await this.outbox.runs.counts(this.run);
    const all = Object.entries({ ...items, ...transactions }).filter(([name]) => name !== 'made' && name !== 'sentNow');
    return Object.fromEntries(all.filter(([, count]) => count > 0));
  }

  get lines(): string[] {
    return [...this.outbox.runs.lines(this.run)].map(({ kind, feed, line }) => `${kind} ${feed}:${line}`);
  }

  /** Items of a run: state, member, and what it was. */
  items(run = this.run): string[] {
    return [...this.outbox.runs.items(run, allStates)].map(
      ({ state, origin, member }: ItemReport) => `${origin} ${state} ${member}`,
    );
  }

  /** What would be looked up at that time, and then what would be sent. */
  async queue(now = 0): Promise<{ lookUp: string[]; send: string[] }> {
    await findAll(this.outbox);
    const due = await this.outbox.delivery.dueUnknown(now, 10);
    const sent = await packed(this.outbox);
    await this.outbox.delivery.settle(sent.map((item) => ({ item, to: 'ready', until: 0 })));
    return { lookUp: due.map(say), send: sent.map(say) };
  }

  async addsUp(): Promise<void> {
    for (const run of this.#runs) expectToAddUp(await this.outbox.runs.counts(run));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.addsUp();
    await this.outbox.close();
  }
}

function say({ member, journal }: { member: string; journal: Transaction['journal'] }): string {
  return [member, journal['Item__c'], journal['Store__c']].filter((each) => each !== undefined).join(' ');
}

const nothing = { lookUp: [], send: [] };
const isDone = (till: Till): Promise<void> => till.settle((item) => done(item));
const isRefused = (till: Till): Promise<void> => till.settle((item) => refused(item));
const inDoubt = (till: Till): Promise<void> => till.settle((item) => ({ item, to: 'unknown', until: 500 }));
const isSent = async (till: Till): Promise<void> => void (await packed(till.outbox));
const ends = (to: 'parked' | 'conflictInOrg' | 'doubled') => (till: Till) =>
  till.settle((item) => ({ item, to, journalId: '0lV9', code: 'ODD', message: 'The org has something.' }));

/** Refused, because its member did not exist when it was read. */
async function hadNoMember({ outbox }: Till): Promise<void> {
  const sent = await packed(outbox);
  await outbox.delivery.settle(sent.map((item) => ({ item, to: 'ready', until: 0 })));
  await outbox.delivery.recover(0);
  await outbox.delivery.checkedMembers([], ['A1'], absent);
}

describe('the same key again', () => {
  describe('earlier in the same file of this run', () => {
    it('same content: repeated, with the first line named', async () => {
      await using till = await new Till().begin();
      await till.reads([coffee, coffee, coffee]);
      expect(await till.counts()).to.deep.equal({ new: 1, ready: 1, repeated: 2 });
      expect(till.lines).to.deep.equal(['repeated till.csv:3', 'repeated till.csv:4']);
      for (const { message } of till.outbox.runs.lines(till.run)) {
        expect(message).to.include('the same as line 2').and.include('till:1').and.include('repeats: accept');
      }
      expect(await till.queue()).to.deep.equal({ lookUp: [], send: ['A1 coffee'] });
    });

    it('same content, and the mapping accepts repeats: repeat accepted', async () => {
      await using till = await new Till().begin();
      await till.reads([coffee, coffee], { acceptsRepeats: true });
      expect(await till.counts()).to.deep.equal({ new: 1, ready: 1, repeatAccepted: 1 });
      expect(till.lines).to.deep.equal([]);
      expect(await till.queue()).to.deep.equal({ lookUp: [], send: ['A1 coffee'] });
    });

    it('same content, other details, and the mapping accepts repeats: repeat accepted, details differ', async () => {
      await using till = await new Till().begin();
      await till.reads([coffee, stored], { acceptsRepeats: true });
      expect(await till.counts()).to.deep.equal({ new: 1, ready: 1, repeatAccepted: 1, detailsDiffer: 1 });
      expect(till.lines).to.deep.equal(['detailsDiffer till.csv:3']);
    });

    it('same content in a later stretch of the file, after a resume: repeated', async () => {
      await using till = await new Till().begin();
      await till.reads([coffee]);
      await till.outbox.runs.end(till.run, 'interrupted');
      await till.outbox.runs.resume(till.run);
      await till.reads([coffee], { firstLine: 30 });
      expect(till.lines).to.deep.equal(['repeated till.csv:30']);
    });

    it('same content of a key that is done: known once, then repeated', async () => {
      await using till = await Till.with(isDone);
      await till.reads([coffee, coffee]);
      expect(await till.counts()).to.deep.equal({ known: 1, repeated: 1 });
      expect(till.lines).to.deep.equal(['repeated till.csv:3']);
      expect(await till.queue()).to.deep.equal(nothing);
    });

    for (const [what, other] of [
      ['other content', tea],
      ['another member', otherMember],
    ] as const) {
      it(`${what}: conflict, also where the mapping accepts repeats`, async () => {
        await using till = await new Till().begin();
        await till.reads([coffee, other]);
        await till.reads([other], { firstLine: 9, acceptsRepeats: true });
        expect(await till.counts()).to.deep.equal({ new: 1, ready: 1, conflict: 2 });
        expect(till.lines).to.deep.equal(['conflict till.csv:3', 'conflict till.csv:9']);
        expect(await till.queue()).to.deep.equal({ lookUp: [], send: ['A1 coffee'] });
      });
    }
  });

  describe('earlier in this run, from another file', () => {
    it('same content: repeat accepted', async () => {
      await using till = await new Till().begin();
      await till.reads([coffee]);
      await till.reads([coffee], { feed: 'web.csv' });
      expect(await till.counts()).to.deep.equal({ new: 1, ready: 1, repeatAccepted: 1 });
      expect(till.lines).to.deep.equal([]);
    });

    it('other content, never sent: the old one is replaced', async () => {
      await using till = await new Till().begin();
      await till.reads([coffee]);
      await till.reads([otherMember], { feed: 'web.csv' });
      expect(await till.counts()).to.deep.equal({ new: 1, corrected: 1, replaced: 1, ready: 1 });
      expect(till.items()).to.deep.equal(['new replaced A1', 'corrected ready B2']);
      expect(till.lines).to.deep.equal([]);
      expect(await till.queue()).to.deep.equal({ lookUp: [], send: ['B2 coffee'] });
    });

    it('other content, sent: conflict', async () => {
      await using till = await new Till().begin();
      await till.reads([coffee]);
      await findAll(till.outbox);
      await isSent(till);
      await till.reads([tea], { feed: 'web.csv' });
      expect(await till.counts()).to.deep.equal({ new: 1, sent: 1, conflict: 1 });
      expect(till.lines).to.deep.equal(['conflict web.csv:2']);
    });

    it('other content, done: conflict', async () => {
      await using till = await new Till().begin();
      await till.reads([coffee]);
      await findAll(till.outbox);
      await isDone(till);
      await till.reads([tea], { feed: 'web.csv' });
      expect(await till.counts()).to.deep.equal({ new: 1, done: 1, conflict: 1 });
      expect(till.items()).to.deep.equal(['new done A1']);
    });

    it('other content than a correction that was never sent itself: it is replaced, too', async () => {
      await using till = await Till.with(isRefused);
      await till.reads([tea], { feed: 'web.csv' });
      await till.reads([purchase('1', 'A1', 'cake')], { feed: 'shop.csv' });
      expect(await till.counts()).to.deep.equal({ corrected: 2, replaced: 1, unknown: 1 });
      expect(await till.queue()).to.deep.equal({ lookUp: ['A1 cake'], send: [] });
    });

    it('the same file wins over another file of the run', async () => {
      await using till = await new Till().begin();
      await till.reads([coffee]);
      await till.reads([coffee], { feed: 'web.csv' });
      await till.reads([coffee], { firstLine: 7 });
      expect(till.lines).to.deep.equal(['repeated till.csv:7']);
    });
  });

  describe('done', () => {
    it('same content: known', async () => {
      await using till = await Till.with(isDone);
      await till.reads([coffee]);
      expect(await till.counts()).to.deep.equal({ known: 1 });
      expect(till.lines).to.deep.equal([]);
      expect(await till.queue()).to.deep.equal(nothing);
    });

    it('same content, other details: known, details differ', async () => {
      await using till = await Till.with(isDone);
      await till.reads([stored]);
      expect(await till.counts()).to.deep.equal({ known: 1, detailsDiffer: 1 });
      expect(till.lines).to.deep.equal(['detailsDiffer till.csv:2']);
      expect(await till.queue()).to.deep.equal(nothing);
    });

    for (const other of [tea, otherMember]) {
      it(`other content (${say(other)}): conflict, with both sides named, every time`, async () => {
        await using till = await Till.with(isDone);
        await till.reads([other]);
        await till.begin();
        await till.reads([other]);
        expect(await till.counts()).to.deep.equal({ conflict: 1 });
        const [{ message } = { message: '' }] = [...till.outbox.runs.lines(till.run)];
        expect(message).to.include(`member ${other.member}`).and.include('till.csv line 2').and.include('0lV1');
        expect(await till.queue()).to.deep.equal(nothing);
      });
    }

    /** Coffee was refused, and corrected to tea, which is done. */
    const corrected = async (lines: readonly Transaction[] = [coffee], rest: Rest = {}): Promise<Till> => {
      const till = await new Till().begin();
      await till.reads(lines, rest);
      await findAll(till.outbox);
      await isRefused(till);
      await till.begin();
      await till.reads([tea]);
      const due = await till.outbox.delivery.dueUnknown(0, 10);
      await till.outbox.delivery.settle(due.map((item) => ({ item, to: 'ready', until: 0 })));
      await isDone(till);
      return till.begin();
    };

    it('content that a correction has replaced, at the line that brought it: superseded', async () => {
      await using till = await corrected();
      await till.reads([coffee]);
      expect(await till.counts()).to.deep.equal({ superseded: 1 });
      expect(till.lines).to.deep.equal([]);
      expect(await till.queue()).to.deep.equal(nothing);
    });

    it('content that a correction has replaced, at each of the lines that brought it: superseded', async () => {
      await using till = await corrected([coffee, coffee, coffee, coffee], { acceptsRepeats: true });
      await till.reads([coffee, coffee, coffee, coffee], { acceptsRepeats: true });
      expect(await till.counts()).to.deep.equal({ superseded: 4 });
    });

    it('content that a correction has replaced, beside the correction in the same run: superseded', async () => {
      await using till = await corrected([coffee], { feed: 'old.csv' });
      await till.reads([tea]);
      await till.reads([coffee], { feed: 'old.csv' });
      expect(await till.counts()).to.deep.equal({ known: 1, superseded: 1 });
    });

    for (const [where, rest] of [
      ['at another line', { firstLine: 5 }],
      ['in another feed', { feed: 'web.csv' }],
    ] as const) {
      it(`content that a correction has replaced, but ${where}: conflict`, async () => {
        await using till = await corrected();
        await till.reads([coffee], rest);
        expect(await till.counts()).to.deep.equal({ conflict: 1 });
      });
    }

    it('other content, after a person has kept the org: looked up, since only the org knows its content', async () => {
      await using till = await Till.with(ends('conflictInOrg'));
      await till.outbox.deadLetters.keepOrg(till.run, 'till:1', '0lV9');
      await till.addsUp();
      await till.begin();
      await till.reads([tea]);
      expect(await till.counts()).to.deep.equal({ corrected: 1, unknown: 1 });
      expect(await till.queue()).to.deep.equal({ lookUp: ['A1 tea'], send: [] });
    });

    it('the content that lost when a person kept the org, at its line: superseded', async () => {
      await using till = await Till.with(ends('conflictInOrg'));
      await till.outbox.deadLetters.keepOrg(till.run, 'till:1', '0lV9');
      await till.begin();
      await till.reads([coffee]);
      expect(await till.counts()).to.deep.equal({ superseded: 1 });
    });

    it('a line in conflict that a person has overruled: superseded', async () => {
      await using till = await Till.with(isDone);
      await till.reads([tea], { feed: 'web.csv' });
      expect(await till.outbox.deadLetters.contradictions('till:1')).to.equal('lines');
      await till.outbox.deadLetters.keepOrg(till.run, 'till:1', undefined);
      expect(await till.outbox.deadLetters.contradictions('till:1')).to.equal(undefined);
      await till.begin();
      await till.reads([tea], { feed: 'web.csv' });
      expect(await till.counts()).to.deep.equal({ superseded: 1 });
    });
  });

  for (const state of ['parked', 'conflictInOrg', 'doubled'] as const) {
    describe(state, () => {
      it('same content: the same again', async () => {
        await using till = await Till.with(ends(state));
        await till.reads([coffee]);
        expect(await till.counts()).to.deep.equal({ carriedOver: 1, [state]: 1, openBefore: 1 });
        expect(await till.queue()).to.deep.equal(nothing);
      });

      it('same content, other details: the same again, details differ', async () => {
        await using till = await Till.with(ends(state));
        await till.reads([stored]);
        expect(await till.counts()).to.deep.equal({ carriedOver: 1, [state]: 1, openBefore: 1, detailsDiffer: 1 });
        expect(await till.queue()).to.deep.equal(nothing);
      });

      it('other content: looked up', async () => {
        await using till = await Till.with(ends(state));
        await till.reads([tea]);
        const counts = await till.counts();
        expect(counts).to.include({ corrected: 1, unknown: 1 });
        expect(counts[state]).to.equal(undefined);
        expect(await till.queue()).to.deep.equal({ lookUp: ['A1 tea'], send: [] });
      });
    });
  }

  describe('forgotten', () => {
    for (const again of [coffee, tea, otherMember]) {
      it(`${again === coffee ? 'same' : 'other'} content (${say(again)}): never sent, counted`, async () => {
        await using till = await Till.with(isDone);
        expect(await till.outbox.forget('a1')).to.equal(1);
        await till.reads([again]);
        expect(await till.counts()).to.deep.equal({ forgotten: 1 });
        expect(till.lines).to.deep.equal([]);
        expect(await till.queue()).to.deep.equal(nothing);
      });
    }

    it('the member of a replaced item, while the correction is of another member: told apart as before', async () => {
      await using till = await Till.with(isRefused);
      await till.reads([otherMember]);
      const due = await till.outbox.delivery.dueUnknown(0, 10);
      await till.outbox.delivery.settle(due.map((item) => ({ ...done(item), found: true })));
      await till.outbox.forget('A1');
      await till.begin();
      await till.reads([coffee]);
      expect(await till.counts()).to.deep.equal({ superseded: 1 });
    });
  });

  describe('refused', () => {
    it('same content: refused before, with its first reason', async () => {
      await using till = await Till.with(isRefused);
      await till.reads([coffee]);
      expect(await till.counts()).to.deep.equal({ refusedBefore: 1 });
      const [line] = [...till.outbox.runs.lines(till.run)];
      expect(line).to.include({ kind: 'refusedBefore', line: 2, key: 'till:1', code: 'NO', message: 'Never.' });
      expect(await till.queue()).to.deep.equal(nothing);
    });

    for (const [what, other, sends] of [
      ['other content', tea, 'A1 tea'],
      ['another member', otherMember, 'B2 coffee'],
      ['other details', stored, 'A1 coffee Pier 1'],
    ] as const) {
      it(`${what}: corrected, looked up first, then sent at a new position`, async () => {
        await using till = await Till.with(isRefused);
        const [first] = till.items(till.run);
        expect(first).to.equal(undefined);
        await till.reads([other]);
        expect(await till.counts()).to.deep.equal({ corrected: 1, unknown: 1 });
        const due = await till.outbox.delivery.dueUnknown(0, 10);
        expect(due.map(say)).to.deep.equal([sends]);
        await till.outbox.delivery.settle(due.map((item) => ({ item, to: 'ready', until: 0 })));
        expect(await till.queue()).to.deep.equal({ lookUp: [], send: [sends] });
      });
    }

    it('by this run itself, before it read the line of an item that it carried over: counted once', async () => {
      await using till = await Till.with();
      await isRefused(till);
      await till.reads([coffee]);
      expect(await till.counts()).to.deep.equal({ carriedOver: 1, refused: 1, openBefore: 1 });
    });
  });

  describe('refused for its member', () => {
    const check = (till: Till, found: readonly string[], missing: readonly string[]): Promise<number> =>
      till.outbox.delivery.checkedMembers(found, missing, absent);

    it('same content: held until somebody has looked for the member', async () => {
      await using till = await Till.with(hadNoMember);
      await till.reads([coffee]);
      expect(await till.counts()).to.deep.equal({ takenUpByItself: 1, held: 1 });
      expect(await till.outbox.delivery.uncheckedMembers(10)).to.deep.equal(['A1']);
      expect(await till.outbox.delivery.dueUnknown(0, 10)).to.be.empty;
    });

    it('same content, and the member exists now: looked up', async () => {
      await using till = await Till.with(hadNoMember);
      await till.reads([coffee]);
      await check(till, ['A1'], []);
      expect(await till.counts()).to.deep.equal({ takenUpByItself: 1, unknown: 1 });
      expect(await till.queue()).to.deep.equal({ lookUp: ['A1 coffee'], send: [] });
    });

    it('same content, and the member does not exist yet: refused before, as it was', async () => {
      await using till = await Till.with(hadNoMember);
      const [before] = till.items(till.run);
      await till.reads([coffee]);
      await till.outbox.delivery.noteFailure(['A1'], { code: 'BUSY', message: 'Later.' });
      expect(await check(till, [], ['A1'])).to.equal(1);
      expect(await till.counts()).to.deep.equal({ refusedBefore: 1 });
      expect(till.items(till.run)[0]).to.equal(before);
      expect([...till.outbox.runs.lines(till.run)][0]).to.include({
        ...{ kind: 'refusedBefore', line: 2, code: 'UNKNOWN_MEMBER', message: 'No A1.' },
      });
      expect(await till.queue()).to.deep.equal(nothing);
    });

    it('same content from two files, and the member does not exist yet: refused before once, accepted once', async () => {
      await using till = await Till.with(hadNoMember);
      await till.reads([coffee]);
      await till.reads([coffee], { feed: 'web.csv' });
      await check(till, [], ['A1']);
      expect(await till.counts()).to.deep.equal({ refusedBefore: 1, repeatAccepted: 1 });
      expect(till.lines).to.deep.equal(['refusedBefore till.csv:2']);
    });

    it('same content, refused by this run itself before it read the line: counted once', async () => {
      await using till = await Till.with();
      await hadNoMember(till);
      await till.reads([coffee]);
      expect(await till.counts()).to.deep.equal({ carriedOver: 1, refused: 1, openBefore: 1 });
      expect(await till.outbox.delivery.open()).to.equal(0);
    });

    it('other content: corrected', async () => {
      await using till = await Till.with(hadNoMember);
      await till.reads([otherMember]);
      expect(await till.counts()).to.deep.equal({ corrected: 1, unknown: 1 });
      expect(await till.queue()).to.deep.equal({ lookUp: ['B2 coffee'], send: [] });
    });
  });

  describe('ready', () => {
    it('same content: open', async () => {
      await using till = await Till.with();
      await till.reads([coffee]);
      expect(await till.counts()).to.deep.equal({ carriedOver: 1, ready: 1, openBefore: 1 });
      expect(await till.queue()).to.deep.equal({ lookUp: [], send: ['A1 coffee'] });
    });

    for (const [what, other, sends] of [
      ['other content', tea, 'A1 tea'],
      ['another member', otherMember, 'B2 coffee'],
      ['other details', stored, 'A1 coffee Pier 1'],
    ] as const) {
      it(`${what}: the old one is replaced, and never looked up`, async () => {
        await using till = await Till.with();
        await till.reads([other]);
        expect(await till.counts()).to.deep.equal({ carriedOver: 1, replaced: 1, corrected: 1, ready: 1 });
        expect(await till.queue()).to.deep.equal({ lookUp: [], send: [sends] });
      });
    }
  });

  describe('held', () => {
    const isHeld = async (): Promise<Till> => {
      const till = await Till.with(hadNoMember);
      await till.reads([coffee]);
      return till.begin();
    };

    it('same content: open', async () => {
      await using till = await isHeld();
      await till.reads([coffee]);
      expect(await till.counts()).to.deep.equal({ carriedOver: 1, held: 1, openBefore: 1 });
    });

    it('other content: the old one is replaced', async () => {
      await using till = await isHeld();
      await till.reads([otherMember]);
      expect(await till.counts()).to.deep.equal({ carriedOver: 1, replaced: 1, corrected: 1, unknown: 1 });
      expect(await till.queue()).to.deep.equal({ lookUp: ['B2 coffee'], send: [] });
      expect(await till.outbox.delivery.open()).to.equal(1);
    });
  });

  describe('unknown', () => {
    it('same content: open, and waits as before', async () => {
      await using till = await Till.with(inDoubt);
      await till.reads([coffee]);
      expect(await till.counts()).to.deep.equal({ carriedOver: 1, unknown: 1, openBefore: 1 });
      expect(await till.queue(499)).to.deep.equal(nothing);
      expect(await till.queue(500)).to.deep.equal({ lookUp: ['A1 coffee'], send: [] });
    });

    it('other content: corrected, and waits as long as the old one', async () => {
      await using till = await Till.with(inDoubt);
      await till.reads([otherMember]);
      expect(await till.counts()).to.deep.equal({ carriedOver: 1, replaced: 1, corrected: 1, unknown: 1 });
      expect(await till.queue(499)).to.deep.equal(nothing);
      expect(await till.queue(500)).to.deep.equal({ lookUp: ['B2 coffee'], send: [] });
    });

    it('other content while the old one is looked up: what the look-up says of the old one is void', async () => {
      for (const to of ['ready', 'done', 'unknown', 'refused', 'parked'] as const) {
        await using till = await Till.with(inDoubt);
        const due = await till.outbox.delivery.dueUnknown(500, 10);
        await till.reads([tea]);
        const rest = { until: 900, found: true, journalId: '0lV1', code: 'NO', message: 'No.' };
        await till.outbox.delivery.settle(due.map((item) => ({ item, to, ...rest }) as Outcome));
        expect(await till.counts(), to).to.deep.equal({ carriedOver: 1, replaced: 1, corrected: 1, unknown: 1 });
        expect(await till.outbox.delivery.open(), to).to.equal(1);
        expect(await till.queue(500), to).to.deep.equal({ lookUp: ['A1 tea'], send: [] });
        expect((await till.outbox.delivery.repack(due)).items, to).to.deep.equal([]);
      }
    });
  });

  describe('sent', () => {
    for (const same of [coffee, stored]) {
      it(`same content (${say(same)}): open`, async () => {
        await using till = await Till.with();
        await isSent(till);
        await till.reads([same]);
        expect(await till.counts()).to.include({ carriedOver: 1, sent: 1, openBefore: 1 });
        expect(till.items()).to.have.length(1);
      });
    }

    for (const other of [tea, otherMember]) {
      const sends = say(other);

      it(`other content (${sends}): kept beside it, and nothing is asked before the answer is there`, async () => {
        await using till = await Till.with();
        await isSent(till);
        await till.reads([other]);
        expect(await till.counts()).to.deep.equal({ carriedOver: 1, sent: 1, corrected: 1, unknown: 1 });
        expect(await till.queue(1e12)).to.deep.equal(nothing);
      });

      for (const [to, state, due] of [
        ['done', 'done', 0],
        ['refused', 'replaced', 0],
        ['parked', 'replaced', 0],
        ['ready', 'replaced', 0],
        ['unknown', 'replaced', 900],
      ] as const) {
        it(`other content (${sends}), and the old one ends as ${to}: it is ${state}, the new one is looked up`, async () => {
          await using till = await Till.with();
          const sent = await packed(till.outbox);
          await till.reads([other]);
          const rest = { until: 900, found: false, journalId: '0lV1', code: 'NO', message: 'No.' };
          await till.outbox.delivery.settle(sent.map((item) => ({ item, to, ...rest }) as Outcome));
          expect(await till.counts()).to.deep.equal({ carriedOver: 1, [state]: 1, corrected: 1, unknown: 1 });
          expect(await till.outbox.delivery.open()).to.equal(1);
          if (due > 0) expect(await till.queue(due - 1)).to.deep.equal(nothing);
          expect(await till.queue(due)).to.deep.equal({ lookUp: [sends], send: [] });
        });
      }

      it(`other content (${sends}), and the process dies: the new one waits for the window`, async () => {
        await using till = await Till.with();
        await isSent(till);
        await till.reads([other]);
        await till.begin();
        await till.outbox.delivery.recover(700);
        expect(await till.counts()).to.deep.equal({ carriedOver: 2, replaced: 1, unknown: 1 });
        expect(await till.outbox.delivery.open()).to.equal(1);
        expect(await till.queue(699)).to.deep.equal(nothing);
        expect(await till.queue(700)).to.deep.equal({ lookUp: [sends], send: [] });
      });
    }
  });
});
