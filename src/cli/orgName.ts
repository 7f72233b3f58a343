import type { Org } from '@salesforce/core';

/** The org as a flag can name it; undefined for one that is known by its access token only, which is never printed. */
export function orgName(org: Org): string | undefined {
  const username = org.getUsername() ?? '';
  return username === '' || username.includes('!') ? undefined : username;
}
