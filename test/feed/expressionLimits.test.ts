import { expect } from 'chai';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import diagnostics from 'node:diagnostics_channel';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { csvFeed, endedGroupsInMemory, parseMapping } from '../../src/feed/index.js';
import type { Feed, FeedEntry } from '../../src/feed/index.js';
import { outcome, readAll, rejections, stream, thrown } from './reading.js';
import { typeScriptArgs } from '../support/typeScriptArgs.js';

/** Takes practically forever, because each letter doubles the time. */
const hangs = `${'a'.repeat(60)}!`;
const expressionLimits = { seconds: 1 };

function mappingOf(more: string): ReturnType<typeof parseMapping> {
  const text = `source: shop
key: Id
member: Member
journal:
  ActivityDate: Date
  JournalTypeName: { value: Accrual }
${more}`;
  return parseMapping(text, 'map.yml');
}

/** @param notes one row for each */
function feedOf(notes: readonly string[], more: string): Feed {
  const rows = notes.map((note, index) => `${index + 1},M1,2026-03-29T14:00:00Z,${note}\n`);
  return csvFeed(stream(`Id,Member,Date,Note\n${rows.join('')}`), mappingOf(more));
}

/** The processes that are started while this runs. */
async function started(work: () => Promise<unknown>): Promise<ChildProcess[]> {
  const found: ChildProcess[] = [];
  const hear = (message: unknown): void => void found.push((message as { process: ChildProcess }).process);
  diagnostics.subscribe('child_process', hear);
  try {
    await work();
  } finally {
    diagnostics.unsubscribe('child_process', hear);
  }
  return found;
}

const endless: readonly [name: string, expression: string, note: string][] = [
  ['a regular expression', '$match(Note, /^(a+)+$/).match', hangs],
  ['a function that calls itself', '($f := function($x) { $f($x) }; Note = "long" ? $f(1) : Note)', 'long'],
];
const large: readonly [name: string, expression: string][] = [
  ['a text', 'Note = "large" ? $length($pad("x", 400000000)) : Note'],
  ['calls of a function', '($f := function($x) { $f($x) + 1 }; Note = "large" ? $f(1) : Note)'],
  ['a list', 'Note = "large" ? $count($reduce([1..100], function($a, $b) { $append($a, $a) })) : Note'],
];

describe('an expression that exceeds its limits', () => {
  for (const [name, expression, note] of endless)
    it(`is stopped if it never ends, and only its row is rejected: ${name}`, async () => {
      const feed = feedOf(['a', note, 'aa'], `  Comment: { expression: '${expression}' }\n`);
      const entries = await readAll(feed, { expressionLimits });
      expect(entries.map(outcome)).to.deep.equal(['shop:1', 'expression-stopped', 'shop:3']);
      expect(rejections(entries)[0]).to.include({
        line: 3,
        message:
          '- line 3: the expression of Comment did not end within 1 second; correct the expression in the mapping and read the file again.',
      });
    });

  for (const [name, expression] of large)
    it(`is stopped if it fills the memory, and only its row is rejected: ${name}`, async () => {
      const feed = feedOf(['a', 'large', 'b'], `  Comment: { expression: '${expression}' }\n`);
      const entries = await readAll(feed, { expressionLimits: { seconds: 10, megabytes: 64 } });
      expect(entries.map(outcome)).to.deep.equal(['shop:1', 'expression-stopped', 'shop:3']);
      expect(rejections(entries)[0]!.message).to.match(/the expression of Comment needed more than 64 MB/);
    });

  it('is named among others, even if it is the one that skips rows', async () => {
    const fields = `  A__c: { expression: Note }\n  B__c: { expression: '$match(Note, /^(a+)+$/).match' }\n`;
    const both = await readAll(feedOf(['a', hangs], fields), { expressionLimits });
    expect(rejections(both)[0]!.message).to.match(/the expression of B__c did not end/);
    const skip = "skip: '$contains(Note, /^(b+)+$/)'\n";
    const skipped = await readAll(feedOf(['b', hangs.replaceAll('a', 'b'), 'a'], skip), { expressionLimits });
    expect(skipped.map(outcome)).to.deep.equal(['skipped', 'expression-stopped', 'shop:3']);
    expect(rejections(skipped)[0]!.message).to.match(/the expression of skip did not end/);
  });

  it('ends the reading if it happens again and again, and the rows before it are delivered', async () => {
    const feed = feedOf(
      ['a', hangs, 'aa', hangs, 'aaa'],
      `  Comment: { expression: '$match(Note, /^(a+)+$/).match' }\n`,
    );
    const entries: FeedEntry[] = [];
    const error = await thrown(async () => {
      const reading = feed.read({
        endedGroups: endedGroupsInMemory(),
        expressionLimits: { ...expressionLimits, rows: 2 },
      });
      for await (const stretch of reading) {
        entries.push(...stretch.entries);
        expect(stretch.position).to.include({ rows: 4, line: 6 });
      }
    });
    expect(entries.map(outcome)).to.deep.equal(['shop:1', 'expression-stopped', 'shop:3', 'expression-stopped']);
    expect(error).to.deep.include({
      code: 'mapping-invalid',
      message:
        'map.yml line 7: `journal.Comment` is an expression that did not end within 1 second, and after 2 such rows (-, lines 3, 5) no more are tried.',
      actions: [
        'Correct the expression in line 7 of map.yml and start a new run: the rows before these are recognized by their keys.',
      ],
    });
  });

  it('does not keep the reading from being aborted', async () => {
    const abort = new AbortController();
    const feed = feedOf([hangs], `  Comment: { expression: '$match(Note, /^(a+)+$/).match' }\n`);
    const hear = (message: unknown): void => {
      // It reports that it is ready, and gets a request that never ends.
      const { process: child } = message as { process: ChildProcess };
      child.once('message', () => process.nextTick(() => abort.abort()));
    };
    diagnostics.subscribe('child_process', hear);
    // Another memory limit needs another process than the one that may be idle.
    const expressionLimits = { seconds: 3600, megabytes: 100 };
    expect(await readAll(feed, { signal: abort.signal, expressionLimits })).to.deep.equal([]);
    diagnostics.unsubscribe('child_process', hear);
  });

  it('leaves no process behind when the reading process is killed', async () => {
    const script = join(import.meta.dirname, 'endlessReading.ts');
    const reader = spawn(process.execPath, [...typeScriptArgs, script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [pid] = (await once(createInterface({ input: reader.stdout }), 'line')) as [string];
    expect(isAlive(Number(pid))).to.equal(true);
    reader.kill('SIGKILL');
    while (isAlive(Number(pid))) await setTimeout(50);
  });
});

describe('the process that evaluates expressions', () => {
  it('is not started for a mapping without expressions, or without rows', async () => {
    expect(await started(() => readAll(feedOf(['a'], '')))).to.deep.equal([]);
    const empty = feedOf([], `  Comment: { expression: Note }\n`);
    expect(await started(() => readAll(empty))).to.deep.equal([]);
  });

  it('serves one feed after the other', async () => {
    const read = async (expression: string): Promise<unknown> => {
      const [entry] = await readAll(feedOf(['a'], `  Comment: { expression: '${expression}' }\n`));
      return entry?.kind === 'transaction' ? entry.transaction.journal['Comment'] : entry;
    };
    const processes = await started(async () => {
      expect(await read('Note & "1"')).to.equal('a1');
      expect(await read('Note & "2"')).to.equal('a2');
    });
    expect(processes.length).to.be.at.most(1);
  });

  it('reads dates without an offset as UTC, wherever it runs', async () => {
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Asia/Tokyo';
    try {
      const millis = '  Comment: { expression: \'$string($toMillis("2026-01-01T10:00:00"))\' }\n';
      // Another memory limit needs another process than the one that may be idle.
      const [entry] = await readAll(feedOf(['a'], millis), { expressionLimits: { megabytes: 101 } });
      expect(entry).to.have.nested.property('transaction.journal.Comment', String(Date.UTC(2026, 0, 1, 10)));
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('remembers nothing between rows', async () => {
    const entries = await readAll(feedOf(['a', 'b'], `  Comment: { expression: '$seen := $seen & Note' }\n`));
    const comments = entries.map((entry) => entry.kind === 'transaction' && entry.transaction.journal['Comment']);
    expect(comments).to.deep.equal(['a', 'b']);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
