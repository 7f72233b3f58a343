import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { commandLine } from '../../../base/text/commandLine.js';
import { programFlags } from '../../../cli/commonFlags.js';
import { countBy } from '../../../cli/counts.js';
import { exitCodeOf } from '../../../cli/errors/exitCodes.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import { simulationStatuses } from '../../../cli/results/simulationResults.js';
import type { SimulateTransactionsResult } from '../../../cli/results/simulationResults.js';
import type { LoyaltyClient } from '../../../client/index.js';
import { SfCommand } from '../../../cli/sfCommand.js';
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

  public static readonly flags = { ...programFlags, ...transactionFlags };

  public async run(): Promise<SimulateTransactionsResult> {
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(SimulateTransactions)).flags,
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

async function targetsOf(client: LoyaltyClient, program: string, member: string): Promise<PromotionTargets> {
  const rows = await client.progress.list(program, { member });
  return new Map(rows.map(({ promotionName, target }) => [promotionName, target]));
}
