/**
 * A loyalty program as code, and orgs that begin with one: `sf-plugin-loyalty/program`.
 *
 * ```ts
 * const { definition } = await readDefinition('seeds/program.yml');
 * await applyPlan(client, await planProgram(client, definition));
 *
 * await using org = await Emulator.start({ seed: seedFolder('./seeds') });
 * ```
 *
 * @module
 */
export * from '../program/index.js';
export { readSeeds } from './readSeeds.js';
export type { Seeds } from './readSeeds.js';
export { IncompleteSeedError, SeedError } from './seedError.js';
export { seedFolder } from './seedFolder.js';
export type { SeedFolderOptions } from './seedFolder.js';
export { SeedFolderError } from './seedFolderError.js';
export { seedOrg } from './seedOrg.js';
export type { SeedOptions } from './seedOrg.js';
export { seedExitCode, seedRejects, seedStages, seedStatuses } from './seedReport.js';
export type {
  HistoryStage,
  MemberProblem,
  MembersStage,
  ObjectCounts,
  ProgramStage,
  SeededFeed,
  SeedReport,
  SeedStage,
  SeedStatus,
  StageReport,
} from './seedReport.js';
export type { SeedProgress } from './stageOutcome.js';
export { claimSeedResults, writeSeedResults } from './writeSeedResults.js';
