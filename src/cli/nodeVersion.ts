import { createRequire } from 'node:module';

interface Package {
  readonly name: string;
  readonly engines: { readonly node: string };
}

const { name, engines } = createRequire(import.meta.url)('../../package.json') as Package;

/** Returns the message for a Node that is too old. `wanted` looks like `>=22.20`. */
export function nodeProblem(version = process.versions.node, wanted = engines.node): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.replace('>=', '').split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return undefined;
  return `${name} needs Node ${wanted}, and this is Node ${version}. Install a newer one, then run the command again.`;
}
