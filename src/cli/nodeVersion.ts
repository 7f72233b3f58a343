import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

interface Package {
  readonly name: string;
  readonly engines: { readonly node: string };
}

const { name, engines } = createRequire(import.meta.url)('../../package.json') as Package;

/** The message for a user whose Node is older than the package needs. `wanted` is like `>=22.20`. */
export function nodeProblem(
  version = process.versions.node,
  wanted = engines.node,
  isClone = existsSync(new URL('../../node_modules/node/package.json', import.meta.url)),
): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.replace('>=', '').split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return undefined;
  const advice = isClone
    ? 'This clone brings its own: run the command as "npx node bin/run.js …".'
    : 'Install a newer one, then run the command again.';
  return `${name} needs Node ${wanted}, and this is Node ${version}. ${advice}`;
}
