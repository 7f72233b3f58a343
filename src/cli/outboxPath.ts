import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { shortId } from '../base/sameId.js';
import type { TargetOrg } from './targetOrg.js';

/** Returns the default path of the outbox of an org and program, in the CLI's data folder. */
export function outboxPath(dataDir: string, org: TargetOrg, program: string): string {
  return join(orgFolder(dataDir, org), `${programFileName(program)}.sqlite`);
}

/** Returns the name of an outbox as a command in another folder takes it: an address stays as it is. */
export function outboxFromAnywhere(name: string): string {
  return /^postgres(ql)?:/i.test(name) ? name : resolve(name);
}

/** Returns the folder for everything that the commands store about an org. */
export function orgFolder(dataDir: string, org: TargetOrg): string {
  return join(dataDir, 'loyalty', shortId(org.orgId));
}

/**
 * Most bytes in a name. Leaves room for file extensions, and for the folders where a path is limited to 260 characters.
 */
const longest = 100;
/** Device names on Windows, with any extension. */
const device = /^(con|prn|aux|nul|(com|lpt)[\d¹²³])$/;

/**
 * Returns a program's name as a file name without extension that every file system accepts: letters and digits of any
 * script, and dashes for the rest. Two programs of one org can get the same name; the outbox knows which program owns
 * it.
 */
export function programFileName(program: string): string {
  const lower = program.toLowerCase();
  const name = lower.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'program';
  if (Buffer.byteLength(name) > longest) {
    const hash = createHash('sha256').update(lower).digest('hex').slice(0, 8);
    return `${beginning(name, longest - 9)}-${hash}`;
  }
  return device.test(name) ? `program-${name}` : name;
}

/** Returns as many whole characters as fit. */
function beginning(text: string, bytes: number): string {
  let fitting = '';
  for (const character of text) {
    if (Buffer.byteLength(fitting + character) > bytes) break;
    fitting += character;
  }
  return fitting;
}
