import type { TargetOrg } from './targetOrg.js';

/** The org as a flag can name it; undefined for one that is known by its access token only, which is never printed. */
export function orgName({ username }: TargetOrg): string | undefined {
  return username === '' || username.includes('!') ? undefined : username;
}
