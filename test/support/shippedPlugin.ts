import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { copyFile, glob, mkdir, mkdtemp, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');

let plugin: Promise<string> | undefined;

/**
 * Returns a folder with the plugin as it is shipped: built, and with the manifest of its commands. A command starts in
 * half the time, because the CLI need not load all others. The folder is removed when the tests end.
 */
export function shippedPlugin(): Promise<string> {
  return (plugin ??= makePlugin());
}

async function makePlugin(): Promise<string> {
  await buildIfStale();
  const folder = await mkdtemp(join(tmpdir(), 'loyalty-plugin-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['package.json', 'lib', 'node_modules']) await symlink(join(root, name), join(folder, name));
  // Node starts a link where it leads to.
  await mkdir(join(folder, 'bin'));
  await copyFile(join(root, 'bin/run.js'), join(folder, 'bin/run.js'));
  await run(join(root, 'node_modules/oclif/bin/run.js'), 'manifest', folder);
  return folder;
}

const run = (script: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [script, ...args], { cwd: root });

/** `npm test` builds first; after an edit, a single test file builds here. */
async function buildIfStale(): Promise<void> {
  const builtAt = (await stat(join(root, 'lib/.tsbuildinfo')).catch(() => undefined))?.mtimeMs ?? 0;
  for await (const file of glob('src/**/*.ts', { cwd: root })) {
    if ((await stat(join(root, file))).mtimeMs < builtAt) continue;
    await run(join(root, 'node_modules/@typescript/native/bin/tsc'));
    return;
  }
}
