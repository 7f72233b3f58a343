import { expect } from 'chai';
import type { Transaction } from '../../src/transaction.js';
import { purchase } from '../sync/org/arrayFeed.js';
import { done, findAll } from './outboxFixture.js';
import { coffee, ends, isDone, isRefused, isSent, nothing, otherMember, say, stored, tea, Till } from './till.js';
import type { Rest } from './till.js';

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
      it(`${what}: conflict, even if the mapping accepts repeats`, async () => {
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

    it('content that a correction has replaced, at its own line: superseded', async () => {
      await using till = await corrected();
      await till.reads([coffee]);
      expect(await till.counts()).to.deep.equal({ superseded: 1 });
      expect(till.lines).to.deep.equal([]);
      expect(await till.queue()).to.deep.equal(nothing);
    });

    it('content that a correction has replaced, at each of its lines: superseded', async () => {
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

    it('the content that was overruled when a person kept the org, at its line: superseded', async () => {
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
        expect((await till.outbox.forget('a1')).transactions).to.equal(1);
        await till.reads([again]);
        expect(await till.counts()).to.deep.equal({ forgotten: 1 });
        expect(till.lines).to.deep.equal([]);
        expect(await till.queue()).to.deep.equal(nothing);
      });
    }

    it('the member of a replaced item, while the correction is of another member: distinguished as before', async () => {
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
});
