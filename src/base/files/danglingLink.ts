import { lstatSync, statSync } from 'node:fs';

/**
 * Throws if the path is a link whose target does not exist. Node itself reports such a link as missing in some calls
 * and as existing in others.
 * @throws {Error} with the code `EDANGLING`
 */
export function mustNotDangle(path: string): void {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  if (!isLink || statSync(path, { throwIfNoEntry: false })) return;
  throw Object.assign(new Error(`${path} is a link that leads nowhere.`), { code: 'EDANGLING', path });
}
