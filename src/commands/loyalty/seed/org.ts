import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { commandLine } from '../../../base/text/commandLine.js';
import { askFirst, noPromptFlag } from '../../../cli/askFirst.js';
import { deliveryFlags, filledText, orgFlags } from '../../../cli/commonFlags.js';
import { concludeCommand } from '../../../cli/concludeCommand.js';
import type { Conclusion } from '../../../cli/concludeCommand.js';
import { createProgramResult } from '../../../cli/createdProgram.js';
import { deployProgramSetup } from '../../../cli/deployProgramSetup.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { orgClient, orgConnection, syncClient } from '../../../cli/orgClient.js';
import { outboxPath } from '../../../cli/outboxPath.js';
import { briefPlanLines, planLines } from '../../../cli/planLines.js';
import { processWayOf } from '../../../cli/processWay.js';
import type { SeedOrgResult } from '../../../cli/results/seedResults.js';
import { seedPlanLines } from '../../../cli/seedLines.js';
import { toSeedPlan } from '../../../cli/seedResult.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { runSeed } from '../../../cli/sync/runSeed.js';
import type { SeedRun } from '../../../cli/sync/runSeed.js';
import type { TargetOrg } from '../../../cli/targetOrg.js';
import * as seed from '../../../seed/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.seed.org');
const createMessages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.create.program');
export type { SeedOrgResult } from '../../../cli/results/seedResults.js';

export default class SeedOrg extends SfCommand<SeedOrgResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...orgFlags,
    folder: filledText({ char: 'f', summary: messages.getMessage('flags.folder.summary'), required: true }),
    plan: Flags.boolean({
      summary: messages.getMessage('flags.plan.summary'),
      description: messages.getMessage('flags.plan.description'),
    }),
    'no-prompt': noPromptFlag,
    'results-dir': Flags.directory({
      summary: messages.getMessage('flags.results-dir.summary'),
      description: messages.getMessage('flags.results-dir.description'),
    }),
    'max-rejects': Flags.integer({ summary: messages.getMessage('flags.max-rejects.summary'), default: 0, min: 0 }),
    processes: Flags.option({
      options: seed.processWays,
      summary: createMessages.getMessage('flags.processes.summary'),
      description: createMessages.getMessage('flags.processes.description'),
    })(),
    outbox: deliveryFlags.outbox,
    settle: deliveryFlags.settle,
    'empty-outbox': Flags.option({
      options: ['auto', 'lookup', 'wait', 'trust'] as const,
      default: 'auto' as const,
      summary: messages.getMessage('flags.empty-outbox.summary'),
      description: messages.getMessage('flags.empty-outbox.description'),
    })(),
  };

  public async run(): Promise<SeedOrgResult> {
    return concludeCommand(this, async (signal) => {
      const { flags } = await this.parse(SeedOrg);
      const { folder, 'results-dir': results, 'no-prompt': isSure, 'max-rejects': maxRejects } = flags;
      if (results !== undefined && !flags.plan) await seed.claimSeedResults(results);
      const seeds = await seed.readSeeds(folder);
      const client = await orgClient(flags, signal);
      const processes = processWayOf(seeds.definition, flags.processes);
      const plan = await seed.planProgram(client, seeds.definition, { processes, placeOf: seeds.placeOf });
      this.#showPlan(seeds, plan, isSure && !flags.plan);
      if (flags.plan) return this.#planned(plan, folder);
      if (!isSure && plan.entries.some(({ action }) => action === 'cannot')) {
        this.warn(createMessages.getMessage('warning.cannot'));
        return { result: toSeedPlan(plan, folder), exitCode: exitCodes.attention };
      }
      if (!isSure && !(await askFirst(this, this.#question(plan)))) {
        this.log(messages.getMessage('info.declined'));
        return { result: toSeedPlan(plan, folder), exitCode: exitCodes.done };
      }
      const again = this.#again(flags);
      const outbox = flags.outbox ?? outboxPath(this.config.dataDir, flags['target-org'], plan.program);
      const options = await this.#options({ ...flags, signal }, seeds, plan);
      return runSeed(this, { client, seeds, options, outbox, results, maxRejects, again });
    });
  }

  async #options(
    flags: SeedFlags & { readonly signal: AbortSignal },
    { definition, rulesFile }: seed.Seeds,
    plan: seed.ProgramPlan,
  ): Promise<SeedRun['options']> {
    const connection = await orgConnection(flags);
    return {
      ...{ plan, signal: flags.signal, emptyOutbox: flags['empty-outbox'] },
      delivery: { settle: flags.settle * 1000 },
      deliveryClient: await syncClient(flags),
      deployProcesses: () => deployProgramSetup(connection, { program: plan.program, definition, rulesFile }),
    };
  }

  /** In a pipeline, the whole plan of a new org would fill the log. */
  #showPlan(seeds: seed.Seeds, plan: seed.ProgramPlan, isShort: boolean): void {
    const planned = createProgramResult(plan);
    const lines = isShort ? briefPlanLines(planned) : [...planLines(planned), ...seedPlanLines(seeds)];
    for (const line of lines) this.log(line);
  }

  #planned(plan: seed.ProgramPlan, folder: string): Conclusion<SeedOrgResult> {
    const exitCode = seed.hasDrift(plan) ? exitCodes.attention : exitCodes.done;
    return { result: toSeedPlan(plan, folder), exitCode };
  }

  #question({ program }: seed.ProgramPlan): string {
    return messages.getMessage('prompt.seed', [this.orgName ?? messages.getMessage('word.org'), program]);
  }

  #again(flags: SeedFlags): string {
    const { folder, outbox, processes, 'results-dir': results, 'max-rejects': most } = flags;
    const given = { folder, 'results-dir': results, outbox, processes, 'max-rejects': most === 0 ? undefined : most };
    return commandLine('seed org', { ...given, 'no-prompt': true, 'target-org': this.orgName });
  }
}

interface SeedFlags {
  readonly folder: string;
  readonly 'target-org': TargetOrg;
  readonly 'api-version': string | undefined;
  readonly 'results-dir'?: string | undefined;
  readonly 'max-rejects': number;
  readonly 'empty-outbox': seed.SeedOptions['emptyOutbox'] & string;
  readonly outbox: string | undefined;
  readonly processes?: seed.ProcessWay | undefined;
  readonly settle: number;
}
