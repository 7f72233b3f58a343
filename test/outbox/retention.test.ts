import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { explainedError } from '../../src/cli/errors/actionableErrors.js';
import { openDatabase } from '../../src/base/sqlite/sqlite.js';
import {
  advanceProgress,
  ErasedKeyError,
  makeReport,
  OpenItemsError,
  OutboxBusyError,
  ResultFilesError,
  SqliteOutbox,
  writeResults,
} from '../../src/sync/index.js';
import type { LineReport } from '../../src/sync/index.js';
import { failureOf } from '../client/loopback.js';
import { csvRows } from '../support/cliFeed.js';
import { purchase, purchases } from '../sync/org/arrayFeed.js';
import { allStates, chunk, done, filled, packed, refused } from './outboxFixture.js';

describe('what an outbox keeps of people', () => {
  let folder: string;
  let path: string;
  let outbox: SqliteOutbox;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'loyalty-retention-'));
    path = join(folder, 'till.outbox');
    outbox = await SqliteOutbox.open(path);
  });

  afterEach(async () => {
    await outbox.close();
    rmSync(folder, { recursive: true });
  });

  /** Returns those texts that are anywhere in the files of the outbox, in any case. */
  function found(...texts: string[]): string[] {
    const files = ['', '-wal', '-shm', '-lock', '-journal'].map((suffix) => path + suffix).filter(existsSync);
    const bytes = files.map((file) => readFileSync(file, 'latin1').toLowerCase()).join('\n');
    return texts.filter((text) => bytes.includes(text.toLowerCase()));
  }

  async function reopen(keepPayloads = false): Promise<void> {
    await outbox.close();
    outbox = await SqliteOutbox.open(path, { keepPayloads });
  }

  const rejection = (line: number, raw: string): LineReport => {
    return { kind: 'rejection', feed: 'till.csv', line, value: `=${raw}`, code: 'bad', message: `Line ${line}.`, raw };
  };

  it('is not what was sent, once it is done, but what is refused or open', async () => {
    await filled(outbox, [purchase('1', 'A1', 'zebra'), purchase('2', 'B2', 'yak'), purchase('3', 'A1', 'xerus')]);
    const [one, two] = await packed(outbox);
    await outbox.delivery.settle([done(one!), refused(two!)]);
    await reopen();
    expect(found('zebra', 'yak', 'xerus')).to.deep.equal(['yak', 'xerus']);
  });

  it('is what was sent, only as long as an option says so', async () => {
    await reopen(true);
    await filled(outbox, [purchase('1', 'A1', 'zebra')]);
    await outbox.delivery.settle((await packed(outbox)).map((item) => done(item)));
    await reopen(true);
    await outbox.delivery.recover(0);
    expect(found('zebra')).to.deep.equal(['zebra']);
    await reopen();
    await outbox.delivery.recover(0);
    await reopen();
    expect(found('zebra')).to.deep.equal([]);
  });

  it('is not the number of an invoice', async () => {
    const { id } = await outbox.runs.begin({});
    await outbox.intake.accept(chunk(id, [], { endedGroups: ['INVOICE-536365'] }));
    expect(outbox.intake.hasEndedGroup(id, 'till.csv', 'INVOICE-536365')).to.equal(true);
    expect(found('INVOICE-536365')).to.deep.equal([]);
  });

  it('is not the key of a row that was only counted', async () => {
    const { id } = await outbox.runs.begin({});
    await outbox.intake.accept(chunk(id, [], { keyCounts: new Map([['CARD-4711', 1]]) }));
    expect(outbox.intake.keyCount(id, 'till.csv', 'CARD-4711')).to.equal(1);
    expect(found('CARD-4711')).to.deep.equal([]);
  });

  describe('of rejected rows', () => {
    const texts = (at: string): [string, string][] =>
      csvRows(readFileSync(join(at, 'rejects.csv'), 'utf8')).map(({ value = '', raw = '' }) => [value, raw]);

    it('is their text, until it is in the results files of a run that has ended', async () => {
      const { id } = await outbox.runs.begin({ program: 'P' });
      await outbox.intake.accept(chunk(id, [], { rejections: [rejection(2, 'zebra'), rejection(3, 'yak')] }));
      const results = join(folder, 'results');
      await writeResults(outbox, id, results);
      await reopen();
      expect(found('zebra', 'yak')).to.deep.equal(['zebra', 'yak']);

      await outbox.runs.end(id, 'complete');
      await writeResults(outbox, id, results);
      await reopen();
      expect(found('zebra', 'yak')).to.deep.equal([]);
      const all = [
        ["'=zebra", 'zebra'],
        ["'=yak", 'yak'],
      ];
      expect(texts(results)).to.deep.equal(all);
      // The report says what it said.
      expect((await makeReport(outbox, (await outbox.runs.find())!)).records).to.have.length(2);

      // Results files that are written again, in the same folder or another one, still have the text, as do new lines.
      await outbox.runs.resume(id);
      await outbox.intake.accept(chunk(id, [], { rejections: [rejection(9, 'xerus')] }));
      await outbox.runs.end(id, 'complete');
      const elsewhere = join(folder, 'elsewhere');
      for (const at of [results, elsewhere, results]) {
        await writeResults(outbox, id, at);
        expect(texts(at)).to.deep.equal([...all, ["'=xerus", 'xerus']]);
      }
      await reopen();
      expect(found('zebra', 'yak', 'xerus')).to.deep.equal([]);
    });

    it('is still their text when the results files cannot be written, and the error says how to go on', async () => {
      const { id } = await outbox.runs.begin({ program: 'P' });
      await outbox.intake.accept(chunk(id, [], { rejections: [rejection(2, 'zebra')] }));
      await outbox.runs.end(id, 'complete');
      const error = await failureOf(writeResults(outbox, id, path));
      expect(error).to.be.instanceOf(ResultFilesError).and.include({ run: id, folder: path });
      expect((error as ResultFilesError).message).to.include('a file is where a folder should be');
      expect(explainedError(error as Error))
        .to.have.property('actions')
        .that.includes(`sf loyalty sync report --run ${id} --outbox ${outbox.name} --results-dir RESULTS_DIR`);
      expect([...outbox.runs.lines(id)][0]?.raw).to.equal('zebra');
    });

    it('is nothing if somebody has deleted or changed the file that has it', async () => {
      const { id } = await outbox.runs.begin({ program: 'P' });
      await outbox.intake.accept(chunk(id, [], { rejections: [rejection(2, 'zebra'), rejection(3, 'yak')] }));
      await outbox.runs.end(id, 'complete');
      const results = join(folder, 'results');
      await writeResults(outbox, id, results);
      await rename(results, join(folder, 'away'));
      await writeResults(outbox, id, results);
      expect(texts(results)).to.deep.equal([
        ['', ''],
        ['', ''],
      ]);
    });
  });

  describe('when a member is erased', () => {
    const member = 'HR-100002';
    const client = { progress: { read: async () => ({ completed: 3, target: 5 }) } };
    const call = { program: 'P', memberId: '0lM1', promotionId: '0c81', by: 1 };
    const advance = (by: number): Promise<unknown> =>
      advanceProgress(client as never, { ...call, by }, { key: 'gift-of-marie', calls: outbox.calls, member });

    const asLine = { kind: 'conflict', feed: 'till.csv', code: 'c' } as const;

    async function lived(): Promise<string> {
      const run = await filled(outbox, [
        purchase('marie-1', member, 'zebra'),
        purchase('2', 'B2', 'yak'),
        purchase('marie-3', member, 'xerus'),
      ]);
      for (let items = await packed(outbox); items.length > 0; items = await packed(outbox)) {
        await outbox.delivery.settle(
          items.map((item) => {
            if (item.key !== 'till:marie-3') return done(item);
            return { item, to: 'refused', code: 'NO', message: `${member} is blocked: xerus.` };
          }),
        );
      }
      const rejections = [
        rejection(7, `7,${member},walrus`),
        rejection(8, '8,HR-200001,vulture'),
        { ...asLine, line: 9, key: 'till:marie-1', member, message: 'Zebra or zebu?' },
      ];
      await outbox.intake.accept(chunk(run, [], { rejections }));
      await outbox.runs.note(run, { code: 'n', message: `Look after ${member.toLowerCase()}, please.` });
      await outbox.runs.note(run, { code: 'm', message: 'Fine.' });
      await outbox.runs.end(run, 'stopped', { code: 'S', message: `(${member})`, action: 'Wait.' });
      const key = 'gift-of-marie';
      const stored = { key, member, hash: 'x', sentAt: 1, before: 3, answer: { before: 3, after: 4, target: 5 } };
      await outbox.calls.begin({ ...stored, state: 'done' }, undefined);
      return run;
    }

    const theirs = [member, 'marie', 'zebra', 'xerus', 'walrus', 'zebu'];

    it('is not a single byte of the member, in the file or in its log', async () => {
      const run = await lived();
      expect(found(...theirs)).to.deep.equal(theirs);
      const before = await outbox.runs.counts(run);
      expect((await outbox.forget(member.toLowerCase())).transactions).to.equal(3);
      expect(found(...theirs)).to.deep.equal([]);
      expect(found('B2', 'vulture', 'Fine.')).to.deep.equal(['B2', 'vulture', 'Fine.']);
      expect(await outbox.runs.counts(run)).to.deep.equal(before);
      const { notes, stopped } = (await outbox.runs.find(run))!;
      expect(notes.map(({ message }) => message)).to.deep.equal(['Erased.', 'Fine.']);
      expect(stopped).to.deep.equal({ code: 'S', message: 'Erased.', action: 'Wait.' });
    });

    it('is nothing of one whose purchases are done while others are still open', async () => {
      await filled(outbox, [purchase('1', member, 'zebra'), purchase('2', 'B2'), purchase('3', 'B2', 'yak')]);
      await outbox.delivery.settle((await packed(outbox)).map((item) => done(item)));
      expect((await outbox.forget(member)).transactions).to.equal(1);
      expect(found(member, 'zebra', 'yak')).to.deep.equal(['yak']);
      expect((await packed(outbox)).map(({ key }) => key)).to.deep.equal(['till:3']);
    });

    it('is everything of others whose number only begins in the same way', async () => {
      const { id } = await outbox.runs.begin({});
      await outbox.intake.accept(chunk(id, [], { rejections: [rejection(8, '8,HR-1000021,vulture')] }));
      await outbox.forget(member);
      expect([...outbox.runs.lines(id)][0]?.raw).to.equal('8,HR-1000021,vulture');
    });

    it('is everything of others whose number contains that of the member, even if a sentence names it', async () => {
      const others = [`${member}-B`, `${member}/1`, `${member}\\`, `${member}' OR Id != '`, `X-${member}`];
      const run = await filled(
        outbox,
        others.map((other, index) => purchase(`other-${index}`, other)),
      );
      const ready = await packed(outbox);
      await outbox.delivery.settle(
        ready.map((item) => ({ ...refused(item), message: `The program has no member ${item.member}.` })),
      );
      await outbox.forget(member);
      const told = [...outbox.runs.items(run, allStates)].map(({ message }) => message);
      expect(told.toSorted()).to.deep.equal(others.map((other) => `The program has no member ${other}.`).toSorted());
    });

    it('is hashes of the keys, so that nothing is sent again', async () => {
      await lived();
      await outbox.forget(member);
      const run = await filled(outbox, [purchase('marie-1', member, 'zebra'), purchase('marie-3', member)]);
      expect((await outbox.runs.counts(run)).transactions).to.include({ forgotten: 2, new: 0 });
      expect(await failureOf(advance(1))).to.be.instanceOf(ErasedKeyError);
      expect(await outbox.delivery.open()).to.equal(0);
      expect(found('marie', 'zebra', member)).to.deep.equal([]);
      expect([...outbox.runs.items(run, allStates), ...outbox.runs.lines(run)]).to.deep.equal([]);
    });

    it('is nothing of a key that was imported from the org before its member was known', async () => {
      await outbox.sources.importKeys(['till:marie-1']);
      await filled(outbox, [purchase('marie-1', member, 'zebra')]);
      await outbox.delivery.settle((await outbox.delivery.dueUnknown(1, 9)).map((item) => done(item)));
      expect((await outbox.forget(member)).transactions).to.equal(1);
      expect(found(...theirs)).to.deep.equal([]);
    });

    it('is everything while a run or a single call is still open', async () => {
      await filled(outbox, purchases(1, ['A1']));
      expect(await failureOf(outbox.forget('A1'))).to.be.instanceOf(OpenItemsError);
      await outbox.calls.begin(
        { key: 'k', member, hash: 'x', state: 'sent', sentAt: 1, before: null, answer: null },
        undefined,
      );
      expect(await failureOf(outbox.forget(member))).to.be.instanceOf(OpenItemsError);
      expect(found(member)).to.deep.equal([member]);
    });

    it('is reported as incomplete while another program keeps the old log, and completed the next time', async () => {
      await lived();
      const other = openDatabase(path, { readOnly: true });
      other.exec('BEGIN; SELECT count(*) FROM item;');
      other.prepare('SELECT count(*) FROM item').get();
      expect(await failureOf(outbox.forget(member))).to.be.instanceOf(OutboxBusyError);
      other.close();
      await outbox.forget(member);
      expect(found(...theirs)).to.deep.equal([]);
    });
  });
});
