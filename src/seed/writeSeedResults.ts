import { join } from 'node:path';
import { makeFolder } from '../base/files/makeFolder.js';
import { mustTakeFile, replaceFile } from '../base/files/replaceFile.js';
import { junitReport } from './junitReport.js';
import type { SeedReport } from './seedReport.js';
import { seedSummary } from './seedSummary.js';

const files = { summary: 'summary.md', junit: 'junit.xml' } as const;

/** Checks that the files can be written, before anything is done. @throws {Error} that names the path */
export async function claimSeedResults(folder: string): Promise<void> {
  makeFolder(folder);
  for (const file of Object.values(files)) await mustTakeFile(join(folder, file));
}

/**
 * Writes what a seed did, for a pipeline: `summary.md` to read and `junit.xml` for test reports.
 * @param maxRejects how many rows may need a person before it counts as a failure
 * @throws {Error} from the file system, naming the path
 */
export async function writeSeedResults(report: SeedReport, folder: string, maxRejects = 0): Promise<void> {
  makeFolder(folder);
  await replaceFile(join(folder, files.summary), seedSummary(report));
  await replaceFile(join(folder, files.junit), junitReport(report, maxRejects));
}
