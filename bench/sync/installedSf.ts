import { spawn, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { TreeMemory } from './treeMemory.js';

const bin = process.env['SF_BIN'] ?? 'sf';

interface SfRun {
  /** The document of `--json`. */
  readonly answer: { readonly status: number; readonly name?: string; readonly message?: string };
  readonly peakMegabytes: number;
}

/** Returns why the Salesforce CLI cannot be measured here, if so. */
export function missingSf(): string | undefined {
  if (process.platform !== 'linux') return 'Its memory is read from /proc, which only Linux has.';
  const { error } = spawnSync(bin, ['--version'], { env: environment(tmpdir()), stdio: 'ignore' });
  return error && `There is no Salesforce CLI ${bin}: install one, or name it by SF_BIN.`;
}

/** Runs `sf … --json` in a home folder. @throws {Error} if it prints no document */
export async function runSf(home: string, url: string, args: readonly string[]): Promise<SfRun> {
  const env = { ...environment(home), SF_ORG_INSTANCE_URL: url };
  const child = spawn(bin, [...args, '--json'], { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] });
  using memory = new TreeMemory(child.pid ?? 0);
  const [printed, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const { peakMegabytes } = memory;
  if (!printed.includes('{')) throw new Error(`sf ${args.join(' ')} printed no document.\n${printed}\n${errors}`);
  return { answer: JSON.parse(printed.slice(printed.indexOf('{'))) as SfRun['answer'], peakMegabytes };
}

function environment(home: string): NodeJS.ProcessEnv {
  return {
    HOME: home,
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    TMPDIR: tmpdir(),
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_DISABLE_TELEMETRY: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  };
}
