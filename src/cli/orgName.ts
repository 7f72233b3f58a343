import type { TargetOrg } from './targetOrg.js';

/** Returns the org's name for a flag. Undefined if only its access token is known, because tokens are never printed. */
export function orgName({ username }: TargetOrg): string | undefined {
  return username === '' || username.includes('!') ? undefined : username;
}
