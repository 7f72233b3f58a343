import type { ProgramPlan } from '../program/index.js';
import type { SeedReport } from '../seed/index.js';
import { createProgramResult } from './createdProgram.js';
import type { SeedOrgResult } from './results/seedResults.js';
import { toSyncResult } from './sync/resultsFolder.js';

/** What was done, as `--json` prints it. @param results folder with summary.md and junit.xml */
export function toSeedResult({ program, folder, stages }: SeedReport, results: string | undefined): SeedOrgResult {
  const { report, results: ofRun, feeds, ...history } = stages.history;
  return {
    ...{ program, folder, plan: null, results: results ?? null },
    stages: {
      program: { ...stages.program, objects: [...stages.program.objects] },
      members: { ...stages.members, problems: [...stages.members.problems] },
      history: { ...history, feeds: [...feeds], run: report && toSyncResult(report, ofRun) },
    },
  };
}

/** What would be done. */
export function toSeedPlan(plan: ProgramPlan, folder: string): SeedOrgResult {
  const { program } = plan;
  return { program, folder, plan: createProgramResult(plan), stages: null, results: null };
}
