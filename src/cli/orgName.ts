import type { TargetOrg } from './targetOrg.js';

/** How a printed command names the org: null for a value that a person has to write; undefined for no org. */
export type OrgName = string | null | undefined;

/** The org as a flag can name it; null for one that is known by its access token only, which is never printed. */
export function orgName({ username }: Pick<TargetOrg, 'username'>): string | null {
  return username === '' || username.includes('!') ? null : username;
}
