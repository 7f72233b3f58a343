import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import type { Connection } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { commandLine } from '../../../base/text/commandLine.js';
import { askFirst, noPromptFlag } from '../../../cli/askFirst.js';
import { filledText, orgFlags } from '../../../cli/commonFlags.js';
import { concludeUnlessInterrupted } from '../../../cli/concludeCommand.js';
import type { Conclusion } from '../../../cli/concludeCommand.js';
import { createProgramResult, halfwayError } from '../../../cli/createdProgram.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { orgClient, orgConnection } from '../../../cli/orgClient.js';
import { planLines } from '../../../cli/planLines.js';
import { processWayOf } from '../../../cli/processWay.js';
import type { CreateProgramResult } from '../../../cli/results/programResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { deployProgramSetup } from '../../../cli/deployProgramSetup.js';
import * as program from '../../../program/index.js';
import type { LoyaltyClient } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.create.program');
export type { CreateProgramResult } from '../../../cli/results/programResults.js';

/** What the flags ask for. */
interface Wanted {
  readonly client: LoyaltyClient;
  readonly connection: Connection;
  readonly read: program.ReadDefinition;
  readonly plan: program.ProgramPlan;
  /** The command to run again. */
  readonly again: string;
}

export default class CreateProgram extends SfCommand<CreateProgramResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...orgFlags,
    file: filledText({
      char: 'f',
      summary: messages.getMessage('flags.file.summary'),
      description: messages.getMessage('flags.file.description'),
      required: true,
    }),
    plan: Flags.boolean({
      summary: messages.getMessage('flags.plan.summary'),
      description: messages.getMessage('flags.plan.description'),
    }),
    prune: Flags.boolean({
      summary: messages.getMessage('flags.prune.summary'),
      description: messages.getMessage('flags.prune.description'),
    }),
    processes: Flags.option({
      options: program.processWays,
      summary: messages.getMessage('flags.processes.summary'),
      description: messages.getMessage('flags.processes.description'),
    })(),
    'no-prompt': noPromptFlag,
  };

  public async run(): Promise<CreateProgramResult> {
    let again: string[] = [];
    return concludeUnlessInterrupted(
      this,
      async () => {
        const { flags } = await this.parse(CreateProgram);
        const { file, prune, 'no-prompt': isSure } = flags;
        const read = await program.readDefinition(file);
        const connection = await orgConnection(flags);
        const client = await orgClient(flags);
        const processes = processWayOf(read.definition, flags.processes);
        const plan = await program.planProgram(client, read.definition, { prune, processes, placeOf: read.placeOf });
        const planned = createProgramResult(plan);
        for (const line of planLines(planned)) this.log(line);
        if (flags.plan) return toPlan(planned);
        if (planned.counts.cannot > 0) return this.#refused(planned);
        if (!program.hasDrift(plan)) return this.#ended(planned, 'info.nothing');
        if (!isSure && !(await askFirst(this, this.#question(planned)))) return this.#ended(planned, 'info.declined');
        const { processes: way } = flags;
        const given = { file, prune, processes: way, 'no-prompt': true, 'target-org': this.orgName };
        const command = commandLine('create program', given);
        again = messages.getMessages('info.goOn', [command]);
        return this.#apply({ client, connection, read, plan, again: again.join(' ') });
      },
      () => again,
    );
  }

  async #apply({ client, connection, read, plan, again }: Wanted): Promise<Conclusion<CreateProgramResult>> {
    this.spinner.start(messages.getMessage('info.writing', [plan.program]));
    const applied: program.AppliedRecord[] = [];
    const writes = plan.entries.filter(({ action }) => action !== 'leave').length;
    const { definition, rulesFile } = read;
    const options: program.ApplyPlanOptions = {
      onApplied: (record) => {
        applied.push(record);
        this.spinner.status = messages.getMessage('info.written', [applied.length, writes]);
      },
      onWait: (left) => {
        this.spinner.status = messages.getMessage('info.waiting', [Math.ceil(left / 60_000)]);
      },
      deployProcesses: () => deployProgramSetup(connection, { program: plan.program, definition, rulesFile }),
    };
    try {
      const { records } = await program.applyPlan(client, plan, options);
      const result = createProgramResult(plan, records);
      this.spinner.stop();
      return this.#ended(result, 'info.done');
    } catch (error) {
      this.spinner.stop();
      throw halfwayError(error, plan, { applied, again });
    }
  }

  #question({ program: name, counts }: CreateProgramResult): string {
    const { create, change, delete: deleted } = counts;
    const what = deleted > 0 ? 'prompt.delete' : 'prompt.apply';
    return messages.getMessage(what, [name, this.orgName ?? messages.getMessage('word.org'), create, change, deleted]);
  }

  #refused(result: CreateProgramResult): Conclusion<CreateProgramResult> {
    this.warn(messages.getMessage('warning.cannot'));
    return { result, exitCode: exitCodes.attention };
  }

  #ended(
    result: CreateProgramResult,
    how: 'info.nothing' | 'info.declined' | 'info.done',
  ): Conclusion<CreateProgramResult> {
    const { program: name } = result;
    if (how === 'info.done') {
      this.logSuccess(messages.getMessage(how, [name]));
      const flags = { program: name, 'target-org': this.orgName };
      this.log(messages.getMessage('info.next', [commandLine('check org', flags)]));
    } else {
      this.log(messages.getMessage(how, [name]));
    }
    return { result, exitCode: exitCodes.done };
  }
}

function toPlan(result: CreateProgramResult): Conclusion<CreateProgramResult> {
  const { leave: _leave, ...drift } = result.counts;
  const isSame = Object.values(drift).every((count) => count === 0);
  return { result, exitCode: isSame ? exitCodes.done : exitCodes.attention };
}
