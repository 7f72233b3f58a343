import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { commandLine } from '../../src/base/text/commandLine.js';
import { isPrintable } from '../../src/base/text/printable.js';
import { shellOf, shellWord, variableLine } from '../../src/base/text/shell.js';

const posix = (value: string): string => commandLine('x', { key: value }, 'posix');

describe('a command to paste', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pasted-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('repeats a flag for each value of a list', () => {
    const command = commandLine('x', { journal: ['a', 'b c'], none: [] }, 'posix');
    expect(command).to.equal("sf loyalty x --journal a --journal 'b c'");
  });

  /** Runs a pasted command in a real shell and returns the words that it gets. Nothing else may happen there. */
  function pasted(command: string): string[] {
    const words = execFileSync('/bin/sh', ['-c', `sf() { printf '%s\\0' "$@"; }\n${command}`], { cwd: folder });
    expect(readdirSync(folder), 'files that the shell has made').to.deep.equal([]);
    return words.toString().split('\0').slice(0, -1);
  }

  it('has flags only with a value, and quotes only what needs quotes', () => {
    const flags = { member: 'HR-1', points: 3, program: 'Harbour Rewards', outbox: undefined, json: true, all: false };
    expect(commandLine('credit points', flags, 'posix')).to.equal(
      "sf loyalty credit points --member HR-1 --points 3 --program 'Harbour Rewards' --json",
    );
  });

  it('has a harmless word in capitals where a person has to fill in a value', () => {
    expect(commandLine('enroll member', { member: 'X', 'last-name': null })).to.equal(
      'sf loyalty enroll member --member X --last-name LAST_NAME',
    );
  });

  for (const value of [
    ...[
      "Captain's Club",
      'a"b',
      "''",
      'a\\b',
      '\\',
      '$(touch X)',
      '`touch X`',
      '$HOME',
      '${IFS}',
      '; touch X',
      '& touch X',
    ],
    ...['| touch X', '> X', '<name>', '*', '?', '[a-z]', '{a,b}', '~', '~root', '!1', '!!', '#', 'a=b', '=ls', '%1'],
    ...[
      'two\nlines',
      'touch\ttab',
      '\x1b[2J',
      '\u009b31m',
      '\u202egpj',
      "\x07'$(touch X)`!%s%%\\",
      'Zoë',
      '👩\u200d🚀',
    ],
  ]) {
    it(`reaches a program through a POSIX shell unchanged: ${JSON.stringify(value)}`, () => {
      expect(pasted(posix(value))).to.deep.equal(['loyalty', 'x', '--key', value]);
    });
  }

  for (const value of ['', '-x', '--json', '-\n-']) {
    it(`reaches the flags unchanged: ${JSON.stringify(value)}`, () => {
      expect(pasted(posix(value))).to.deep.equal(['loyalty', 'x', `--key=${value}`]);
    });
  }

  it('has only printable characters and nothing that a shell history replaces, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('posix', 'powershell'), (value, shell) => {
        const line = commandLine('x', { key: value }, shell);
        expect(isPrintable(line)).to.be.true;
        // Within single quotes, ! has no special meaning.
        if (shell === 'posix') expect(line.replaceAll(/'[^']*'|\\'/g, '')).to.not.include('!');
      }),
    );
  });

  it('reaches a program through a POSIX shell unchanged, whatever the value', () => {
    const values = fc.array(
      fc.string({
        unit: fc.oneof(
          fc.constantFrom(...Array.from(`'"\\$\`!*?~-\n\t\x1b\x9b `)),
          fc.string({ unit: 'grapheme', minLength: 1 }),
        ),
      }),
    );
    fc.assert(
      fc.property(values, (all) => {
        const can = all.filter((value) => shellWord(value, 'posix') !== undefined);
        const words = can.map((value) => shellWord(value, 'posix'));
        expect(pasted(`sf first ${words.join(' ')}`)).to.deep.equal(['first', ...can]);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves a value that cannot be quoted for a person to fill in', () => {
    for (const value of ['a\0b', '\ud83d', 'line\n', '\x1b\n\n'])
      expect(posix(value), value).to.equal('sf loyalty x --key KEY');
  });
});

describe('a command to paste into PowerShell', () => {
  for (const [value, words] of [
    ['HR-1', '--key HR-1'],
    ['C:\\data\\o.sqlite', '--key C:\\data\\o.sqlite'],
    // Numbers, parameters, arrays and splatted variables have a special meaning in PowerShell.
    ['1kb', "--key '1kb'"],
    ['a,b', "--key 'a,b'"],
    ['@a', "--key '@a'"],
    ['-x', "'--key=-x'"],
    ['', "'--key='"],
    ['Harbour Rewards', "--key 'Harbour Rewards'"],
    ["Captain's Club", "--key 'Captain''s Club'"],
    ['a’; calc; ‘', "--key 'a’’; calc; ‘‘'"],
    ['$(calc) `n $env:X', "--key '$(calc) `n $env:X'"],
    ['Tom & Jerry', "--key 'Tom & Jerry'"],
    ['C:\\my files\\o.sqlite', "--key 'C:\\my files\\o.sqlite'"],
  ] as const) {
    it(`is quoted: ${JSON.stringify(value)}`, () =>
      expect(commandLine('x', { key: value }, 'powershell')).to.equal(`sf loyalty x ${words}`));
  }

  // Before it reaches Node, cmd.exe reads it, and has no quotes around it unless it has a space.
  for (const value of [
    'a"b',
    '100% sure',
    '%PATH%',
    'Tom&Jerry',
    'a|b',
    'a>b',
    '<a>',
    'a^b',
    'f(x)',
    'C:\\my files\\',
  ]) {
    it(`leaves the value for a person to fill in: ${JSON.stringify(value)}`, () =>
      expect(commandLine('x', { key: value }, 'powershell')).to.equal('sf loyalty x --key KEY'));
  }

  it('leaves control characters for a person to fill in', () => {
    for (const value of ['\x1b[2J', 'two\nlines', '\u009b', '\u202e'])
      expect(shellWord(value, 'powershell'), JSON.stringify(value)).to.be.undefined;
  });

  it('is the default on Windows', () => {
    expect(['win32', 'linux', 'darwin'].map((name) => shellOf(name as NodeJS.Platform))).to.deep.equal([
      'powershell',
      'posix',
      'posix',
    ]);
  });

  it('sets a variable in the syntax of the shell', () => {
    expect(variableLine('X', 'http://127.0.0.1:1', 'posix')).to.equal('export X=http://127.0.0.1:1');
    expect(variableLine('X', 'http://127.0.0.1:1', 'powershell')).to.equal("$env:X = 'http://127.0.0.1:1'");
  });
});
