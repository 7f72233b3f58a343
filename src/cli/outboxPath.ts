import { join } from 'node:path';
import type { TargetOrg } from './targetOrg.js';

/** Where the outbox of an org and program lies unless somebody says otherwise: in the CLI's own data folder. */
export function outboxPath(dataDir: string, org: TargetOrg, program: string): string {
  return join(orgFolder(dataDir, org), `${slug(program)}.sqlite`);
}

/** What the commands keep of an org. */
export function orgFolder(dataDir: string, org: TargetOrg): string {
  return join(dataDir, 'loyalty', org.orgId.slice(0, 15));
}

/** Letters and digits of any script, the rest as dashes: two programs of one org may share one only by design. */
function slug(program: string): string {
  return (
    program
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'program'
  );
}
