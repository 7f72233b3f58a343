import { execFile } from 'node:child_process';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Command } from '@oclif/core';
import { SfCommand as CoreCommand } from '@salesforce/sf-plugins-core';
import { expect } from 'chai';
import { printable } from '../../src/base/text/printable.js';
import { SfCommand } from '../../src/cli/sfCommand.js';
import { expectToBeText, hostile } from '../support/hostileText.js';
import { typeScriptArgs } from '../support/typeScriptArgs.js';

const script = join(import.meta.dirname, '../support/hostileCommand.ts');
/** Our own colors: bold, dim, red, yellow, green, and their ends. JSON on a terminal has more. */
const colors = new RegExp(`\x1b\\[(\\d+;)*\\d+m`, 'g');

/** Methods of a command that print nothing, or that print through a method that ours overrides. */
const silent = new Set([
  ...['constructor', 'ctor', 'statics', '_run', 'run', 'init', 'finally', 'exit', 'jsonEnabled', 'toErrorJson'],
  ...['toSuccessJson', 'removeEnvVar', 'warnIfCommandDeprecated', 'warnIfFlagDeprecated', 'logSensitive'],
  // Prints only if it does not end the command. The lint step forbids it everywhere.
  'error',
]);

describe('everything that a command prints', function () {
  this.timeout(60_000);

  it('passes through one place: each command extends our class', async () => {
    const root = join(import.meta.dirname, '../../src/commands');
    const files = await Array.fromAsync(glob('**/*.ts', { cwd: root }));
    expect(files).to.have.length.above(10);
    for (const file of files) {
      const { default: command } = (await import(join(root, file))) as { default: { prototype: unknown } };
      expect(command.prototype, file).to.be.instanceOf(SfCommand);
    }
  });

  it('passes through one place: our class overrides each method of the CLI that prints', () => {
    const known = [Command, CoreCommand].flatMap((each) => Object.getOwnPropertyNames(each.prototype));
    const ours = Object.getOwnPropertyNames(SfCommand.prototype);
    expect(known.filter((name) => !silent.has(name) && !ours.includes(name))).to.deep.equal([]);
  });

  it('passes through one place: prompts', async () => {
    const asked: string[] = [];
    const own = Object.getOwnPropertyDescriptors(CoreCommand.prototype);
    CoreCommand.prototype.confirm = async ({ message }) => asked.push(message) > 0;
    CoreCommand.prototype.secretPrompt = async ({ message }) => String(asked.push(message));
    try {
      await SfCommand.prototype.confirm({ message: hostile });
      await SfCommand.prototype.secretPrompt({ message: hostile });
    } finally {
      Object.defineProperties(CoreCommand.prototype, own);
    }
    expect(asked).to.deep.equal([printable(hostile), printable(hostile)]);
  });

  for (const [what, code] of [
    ['one error', ''],
    ['several errors of an org', 'MULTIPLE_API_ERRORS'],
  ] as const) {
    it(`is safe on a terminal, whatever it contains, and keeps our own colors: ${what}`, async () => {
      const { stdout, stderr } = await printed([], code === '' ? {} : { HOSTILE_CODE: code });
      for (const text of [stdout, stderr]) {
        expectToBeText(text, colors);
        for (const color of ['\x1b[45m', '\x1b[8m']) expect(text.includes(color), color).to.equal(false);
      }
      expect(stdout)
        .to.include('\x1b[1m\x1b[32mA')
        .and.include(String.raw`A\x1b[2J`);
      expect(stderr)
        .to.include('Error')
        .and.include('Try this:')
        .and.include(String.raw`\u009b31m`);
    });
  }

  it('is aligned in a table', async () => {
    const { stdout } = await printed([], { COLUMNS: '400' });
    const lines = stdout.replaceAll(colors, '').split('\n');
    const table = lines.filter((line) => /^\s*[│┌├└]/.test(line)).map((line) => line.trim());
    expect(table).to.have.length.above(3);
    expect(new Set(table.map(({ length }) => length))).to.have.property('size', 1);
  });

  it('is the same value in JSON, and is safe on a terminal', async () => {
    const { stdout, stderr } = await printed(['--json'], {});
    expectToBeText(stdout, colors);
    expect(stderr).to.equal('');
    const { result, warnings } = JSON.parse(stdout.replaceAll(colors, '')) as { result: unknown; warnings: unknown[] };
    expect(result).to.deep.equal({ [hostile]: hostile });
    expect(warnings).to.include(hostile);
  });
});

async function printed(args: string[], env: NodeJS.ProcessEnv): Promise<{ stdout: string; stderr: string }> {
  const child = promisify(execFile)(process.execPath, [...typeScriptArgs, script, ...args], {
    // In CI, a table has no borders.
    env: { ...process.env, CI: 'false', FORCE_COLOR: '1', ...env },
  });
  // The command fails on purpose.
  return child.catch((error: unknown) => error as Awaited<typeof child>);
}
