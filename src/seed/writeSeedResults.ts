import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../base/files/makeFolder.js';
import { mustTakeFile, replaceFile } from '../base/files/replaceFile.js';
import { junitReport } from './junitReport.js';
import type { SeedReport } from './seedReport.js';
import { seedSummary } from './seedSummary.js';

const files = { summary: 'summary.md', junit: 'junit.xml' } as const;

/**
 * Checks that the files can be written, before anything is done, and removes those of an earlier seed: if this one ends
 * before it has a result, a pipeline must not read that one's.
 * @throws {Error} that names the path
 */
export async function claimSeedResults(folder: string): Promise<void> {
  makeFolder(folder);
  const paths = Object.values(files).map((file) => join(folder, file));
  for (const path of paths) await mustTakeFile(path);
  for (const path of paths) await rm(path, { force: true });
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
