import { lstatSync, statSync } from 'node:fs';

/**
 * What Node says of a link that leads nowhere depends on what was asked: that nothing is there, or that something is.
 * @throws {Error} with the code `EDANGLING`
 */
export function mustNotDangle(path: string): void {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  if (!isLink || statSync(path, { throwIfNoEntry: false })) return;
  throw Object.assign(new Error(`${path} is a link that leads nowhere.`), { code: 'EDANGLING', path });
}
