/**
 * `prepare`: npm runs it after an install in a clone, and before it packs what somebody installs from git, where nothing
 * else would compile the sources. A build that is there stays as it is: `npm run build` brings it up to date.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);

/** Absent where only the production dependencies are installed; then there is nothing to compile with. */
function compiler() {
  try {
    const { resolve } = createRequire(import.meta.url);
    return join(dirname(resolve('@typescript/native/package.json')), 'bin', 'tsc');
  } catch {
    return undefined;
  }
}

const tsc = existsSync(join(root, 'lib', 'commands')) ? undefined : compiler();
if (tsc !== undefined) {
  const { status } = spawnSync(process.execPath, [tsc], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
