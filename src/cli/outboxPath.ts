import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { shortId } from '../base/sameId.js';
import type { TargetOrg } from './targetOrg.js';

/** Where the outbox of an org and program lies unless somebody says otherwise: in the CLI's own data folder. */
export function outboxPath(dataDir: string, org: TargetOrg, program: string): string {
  return join(orgFolder(dataDir, org), `${programFileName(program)}.sqlite`);
}

/** What the commands keep of an org. */
export function orgFolder(dataDir: string, org: TargetOrg): string {
  return join(dataDir, 'loyalty', shortId(org.orgId));
}

/** Bytes of a name that leave room for endings, and for the folders before it where a path may have 260 characters. */
const longest = 100;
/** Names of devices on Windows, with any ending. */
const device = /^(con|prn|aux|nul|(com|lpt)[\d¹²³])$/;

/**
 * The name of a program as one that every file system takes, without an ending: letters and digits of any script, the
 * rest as dashes. Two programs of one org may share one: the outbox knows whose it is.
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

/** As many whole characters as fit. */
function beginning(text: string, bytes: number): string {
  let fitting = '';
  for (const character of text) {
    if (Buffer.byteLength(fitting + character) > bytes) break;
    fitting += character;
  }
  return fitting;
}
