import { dirname } from 'node:path';
import { SeedError, seedExitCode, seedOrg, seedRejects, writeSeedResults } from '../../seed/index.js';
import type { SeedOptions, SeedReport, Seeds } from '../../seed/index.js';
import { openOutbox, SqliteOutbox } from '../../sync/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import type { Conclusion } from '../concludeCommand.js';
import type { ExplainedCommand } from '../errors/actionableErrors.js';
import type { SeedOrgResult } from '../results/seedResults.js';
import { seedEndLines } from '../seedEndLines.js';
import { seedFailure } from '../seedFailure.js';
import { stageLines } from '../seedLines.js';
import { toSeedResult } from '../seedResult.js';
import { SeedSpinner } from '../seedSpinner.js';
import type { StageSpinner } from '../seedSpinner.js';
import { resultIsKept } from '../terminal/lostOutput.js';
import { reportCommand } from './reportLines.js';
import { resultsFolder } from './resultsFolder.js';

/** What seeding needs of a command. */
export interface SeedingCommand extends ExplainedCommand {
  readonly spinner: StageSpinner;
  log(line: string): void;
}

export interface SeedRun {
  readonly client: LoyaltyClient;
  readonly seeds: Seeds;
  readonly options: SeedOptions;
  /** Path of the outbox. */
  readonly outbox: string;
  /** Folder for summary.md and junit.xml. */
  readonly results: string | undefined;
  readonly maxRejects: number;
  /** The command that goes on. */
  readonly again: string;
}

/** The body of `seed org`: seeds while it shows how far the work is, writes the files for a pipeline, and reports. */
export async function runSeed(command: SeedingCommand, seedRun: SeedRun): Promise<Conclusion<SeedOrgResult>> {
  const { results, maxRejects, again } = seedRun;
  const report = await seeded(command, seedRun).catch(async (error: unknown) => {
    if (!(error instanceof SeedError)) throw error;
    if (results !== undefined) await writeSeedResults(error.report, results, maxRejects);
    throw seedFailure(error, command, { again, results });
  });
  if (results !== undefined) await writeSeedResults(report, results, maxRejects);
  const result = toSeedResult(report, results);
  const run = result.stages?.history.run;
  if (run) resultIsKept(reportCommand(run, command.orgName));
  const place = { again, maxRejects, rejects: seedRejects(report), org: command.orgName };
  for (const line of seedEndLines(result, place)) command.log(line);
  return { result, exitCode: seedExitCode(report, maxRejects), tellsInterruption: true };
}

async function seeded(command: SeedingCommand, seedRun: SeedRun): Promise<SeedReport> {
  const { client, seeds, options, results } = seedRun;
  // Without a history there is nothing to remember.
  await using outbox = seeds.history === undefined ? SqliteOutbox.inMemory() : await openOutbox(seedRun.outbox);
  const spinner = new SeedSpinner(command.spinner);
  try {
    return await seedOrg(client, seeds, {
      ...{ ...options, outbox, resultsDir: dirname(resultsFolder(outbox.name, 'run', results)) },
      onProgress: (progress) => spinner.update(progress),
      onStage: (name, stage) => {
        spinner.stop();
        for (const line of stageLines(name, stage)) command.log(line);
      },
    });
  } finally {
    spinner.stop();
  }
}
