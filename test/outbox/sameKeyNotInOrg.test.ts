import { expect } from 'chai';
import { packed } from './outboxFixture.js';
import {
  absent,
  coffee,
  hadNoMember,
  inDoubt,
  isRefused,
  isSent,
  nothing,
  otherMember,
  say,
  stored,
  tea,
  Till,
} from './till.js';

describe('the same key again, not in the org as far as we know', () => {
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
    const check = (till: Till, found: readonly string[], missing: readonly string[]): Promise<unknown> =>
      till.outbox.delivery.checkedMembers(found, missing, absent);

    it('same content: held until the member has been looked up', async () => {
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
      expect(await check(till, [], ['A1'])).to.have.length(1);
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

    it('other content while the old one is looked up: the result of the look-up is ignored', async () => {
      for (const to of ['ready', 'done', 'unknown', 'refused', 'parked'] as const) {
        await using till = await Till.with(inDoubt);
        const due = await till.outbox.delivery.dueUnknown(500, 10);
        await till.reads([tea]);
        const rest = { until: 900, found: true, journalId: '0lV1', code: 'NO', message: 'No.' };
        await till.outbox.delivery.settle(due.map((item) => ({ item, to, ...rest })));
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

      it(`other content (${sends}): kept beside it, and nothing is looked up before the answer arrives`, async () => {
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
          await till.outbox.delivery.settle(sent.map((item) => ({ item, to, ...rest })));
          expect(await till.counts()).to.deep.equal({ carriedOver: 1, [state]: 1, corrected: 1, unknown: 1 });
          expect(await till.outbox.delivery.open()).to.equal(1);
          if (due > 0) expect(await till.queue(due - 1)).to.deep.equal(nothing);
          expect(await till.queue(due)).to.deep.equal({ lookUp: [sends], send: [] });
        });
      }

      it(`other content (${sends}) before the old one is sent in parts: only the new one is, after a look-up`, async () => {
        await using till = await Till.with();
        const sent = await packed(till.outbox);
        await till.reads([other]);
        expect((await till.outbox.delivery.repack(sent)).items).to.deep.equal([]);
        expect(await till.counts()).to.deep.equal({ carriedOver: 1, replaced: 1, corrected: 1, unknown: 1 });
        expect(await till.outbox.delivery.open()).to.equal(1);
        expect(await till.queue()).to.deep.equal({ lookUp: [sends], send: [] });
      });

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
