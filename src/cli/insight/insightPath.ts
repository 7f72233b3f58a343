import { join } from 'node:path';
import { makePrivateFolder } from '../../base/files/privateFiles.js';
import { orgFolder, programFileName } from '../outboxPath.js';
import type { TargetOrg } from '../targetOrg.js';

/** Returns the default path of the insight cache of an org and program, in the CLI's data folder, which it makes. */
export function insightPath(dataDir: string, org: TargetOrg, program: string): string {
  const name = `insight-${programFileName(program)}.sqlite`;
  const folder = orgFolder(dataDir, org);
  makePrivateFolder(folder, [name]);
  return join(folder, name);
}
