import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { shippedPlugin } from '../../test/support/shippedPlugin.js';
import { fileBytes } from './fileBytes.js';
import { harbourMapping } from './feedFiles.js';
import type { FeedFile } from './feedFiles.js';

export interface CommandResult {
  /** Milliseconds since the epoch at which the process was started. */
  readonly startedAt: number;
  /** From the start of the process to its end. */
  readonly seconds: number;
  readonly peakMegabytes: number;
  /** Of the outbox with its log, after the end. */
  readonly outboxBytes: number;
}

/**
 * Runs `sf loyalty sync start` for a feed of the example program, as it is shipped, with a home folder of its own.
 * @throws {Error} if it does not end with 0, which means that the org has all rows
 */
export async function syncCommand(url: string, feed: FeedFile, flags: readonly string[] = []): Promise<CommandResult> {
  const plugin = await shippedPlugin();
  const home = await mkdtemp(join(tmpdir(), 'loyalty-bench-'));
  const outbox = join(home, 'outbox.sqlite');
  const given = ['--file', feed.path, '--map', harbourMapping, '--outbox', outbox, '--program', 'Harbour Rewards'];
  const argv = ['loyalty', 'sync', 'start', '--target-org', '00D9z0000000001!bench', ...given, ...flags];
  try {
    const clock = performance.timeOrigin + performance.now();
    const node = ['--import', join(import.meta.dirname, 'peakMemory.ts'), join(plugin, 'bin/run.js')];
    const child = spawn(process.execPath, [...node, ...argv], { cwd: home, env: environment(home, url) });
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    await once(child, 'close');
    const seconds = (performance.timeOrigin + performance.now() - clock) / 1000;
    if (child.exitCode !== 0)
      throw new Error(`The command ended with ${child.exitCode}.\n${(await output).join('\n')}`);
    const peak = Number(await readFile(join(home, 'peak'), 'utf8'));
    return { startedAt: clock, seconds, peakMegabytes: peak, outboxBytes: fileBytes(outbox, `${outbox}-wal`) };
  } finally {
    await rm(home, { recursive: true });
  }
}

function environment(home: string, url: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: home,
    TMPDIR: tmpdir(),
    TZ: 'UTC',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_DISABLE_TELEMETRY: 'true',
    SF_ORG_INSTANCE_URL: url,
    BENCH_PEAK_FILE: join(home, 'peak'),
  };
}
