import '../../../cli/requireNode.js';
import type { Interfaces } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { commandLine } from '../../../base/text/commandLine.js';
import { memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { concludeCommand } from '../../../cli/concludeCommand.js';
import { countBy } from '../../../cli/counts.js';
import { explained } from '../../../cli/errors/actionableErrors.js';
import { exitCodeOf } from '../../../cli/errors/exitCodes.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import { orgName } from '../../../cli/orgName.js';
import { simulationStatuses } from '../../../cli/results/simulationResults.js';
import type { SimulateTransactionsResult } from '../../../cli/results/simulationResults.js';
import type { LoyaltyClient } from '../../../client/index.js';
import { simulateFile } from '../../../cli/rules/simulateFile.js';
import { simulationFlags } from '../../../cli/rules/simulationFlags.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { optionalTargetOrgFlag, TargetOrg } from '../../../cli/targetOrg.js';
import { countText } from '../../../cli/terminal/terminalText.js';
import { simulatedRecord, simulationLines } from '../../../cli/simulatedTransactions.js';
import type { PromotionTargets } from '../../../cli/simulatedTransactions.js';
import { defaultType, givenTransaction, transactionFlags, transactionOf } from '../../../cli/transactionFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.simulate.transactions');
export type { SimulateTransactionsResult } from '../../../cli/results/simulationResults.js';

export default class SimulateTransactions extends SfCommand<SimulateTransactionsResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    'target-org': optionalTargetOrgFlag(),
    ...transactionFlags,
    member: memberFlag({ exactlyOne: ['member', 'journal', 'source'], dependsOn: ['amount'] }),
    ...simulationFlags,
  };

  public async run(): Promise<SimulateTransactionsResult> {
    const flags = await explained(this, async () => (await this.parse(SimulateTransactions)).flags);
    const { source, file, map } = flags;
    if (source === undefined || file === undefined || map === undefined) return this.#askOrg(flags);
    return concludeCommand(this, (signal) => simulateFile(this, { ...flags, source, file, map }, signal));
  }

  async #askOrg(given: OrgFlags): Promise<SimulateTransactionsResult> {
    return inProgramUnlessInterrupted(
      this,
      async () => {
        const org = given['target-org'] ?? (await TargetOrg.open());
        this.orgName = orgName(org);
        return { ...given, 'target-org': org };
      },
      async ({ client, program, flags }) => {
        const { member, journal: ids = [], type = defaultType, amount = '' } = flags;
        const number = member === undefined ? undefined : (await client.members.get(program, member)).MembershipNumber;
        const journals = number === undefined ? ids.map((Id) => ({ Id })) : [transactionOf(flags, number)];
        const keys = number === undefined ? ids : [number];
        const simulations = await client.journals.simulate(program, journals);
        const targets = number === undefined ? undefined : await targetsOf(client, program, number);
        const records = simulations.map((simulation, index) => simulatedRecord(keys[index] ?? '', simulation, targets));
        for (const record of records) {
          const title =
            number === undefined
              ? messages.getMessage('info.journal', [record.key, program])
              : messages.getMessage('info.transaction', [type, countText(Number(amount)), number, program]);
          for (const line of simulationLines(title, record)) this.log(line);
        }
        const given =
          number === undefined
            ? { journal: ids.length === 1 ? ids[0] : null }
            : { member: number, ...givenTransaction(flags) };
        const execute = commandLine('execute transactions', { ...given, program, 'target-org': this.orgName });
        this.log(messages.getMessage('info.nothingWritten', [execute]));
        const counts = countBy(records, simulationStatuses);
        const exitCode = exitCodeOf({ refused: counts.failed + counts.unmatched, open: 0 });
        return { result: { program, records, counts }, exitCode };
      },
    );
  }
}

type OrgFlags = Pick<
  Interfaces.InferredFlags<typeof SimulateTransactions.flags>,
  keyof typeof transactionFlags | keyof typeof programFlags
>;

async function targetsOf(client: LoyaltyClient, program: string, member: string): Promise<PromotionTargets> {
  const rows = await client.progress.list(program, { member });
  return new Map(rows.map(({ promotionName, target }) => [promotionName, target]));
}
