import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { commandLine } from '../../../base/text/commandLine.js';
import { keyFlag, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { executedLines, executedRewards, pendingExitCode, pendingRecord } from '../../../cli/executedRecords.js';
import type { ExecutedRecord } from '../../../cli/executedRecords.js';
import type { ExitCode } from '../../../cli/errors/exitCodes.js';
import { keyedCommand } from '../../../cli/keyedCommand.js';
import type { KeyedContext, KeyedFlags } from '../../../cli/keyedCommand.js';
import type { ExecuteTransactionsResult } from '../../../cli/results/executionResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { countText } from '../../../cli/terminal/terminalText.js';
import { defaultType, givenTransaction, transactionFlags } from '../../../cli/transactionFlags.js';
import type { GivenTransaction } from '../../../cli/transactionFlags.js';
import { runPendingJournals } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.execute.transactions');
export type { ExecuteTransactionsResult } from '../../../cli/results/executionResults.js';

interface ExecuteFlags extends KeyedFlags, GivenTransaction {
  readonly member: string | undefined;
  readonly journal: readonly string[] | undefined;
}

interface Called {
  readonly records: readonly ExecutedRecord[];
  readonly exitCode: ExitCode;
}

export default class ExecuteTransactions extends SfCommand<ExecuteTransactionsResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    ...transactionFlags,
    key: keyFlag,
    outbox: outboxFlag,
  };

  public async run(): Promise<ExecuteTransactionsResult> {
    const names = new Map<string, string>();
    return keyedCommand(this, async () => (await this.parse(ExecuteTransactions)).flags, {
      words: 'execute transactions',
      call: (chosen) => {
        const { member } = chosen.flags;
        return member === undefined ? this.#runJournals(chosen) : this.#runTransaction(chosen, member, names);
      },
      show: (record, program) => {
        const whose = names.get(record.key) ?? messages.getMessage('word.journal', [record.key]);
        for (const line of executedLines(record, messages.getMessage('word.in', [whose, program]))) this.log(line);
      },
    });
  }

  async #runTransaction(
    { client, program, flags, once }: KeyedContext<ExecuteFlags>,
    given: string,
    names: Map<string, string>,
  ): Promise<Called> {
    const { MembershipNumber: member } = await client.members.get(program, given);
    const { amount = '', type: journalType = defaultType, subtype: journalSubType, date: activityDate } = flags;
    const transaction = { program, member, amount, journalType, journalSubType, activityDate };
    const { executeTransaction } = await import('../../../sync/index.js');
    const { record, answer, exitCode } = await once({ member, ...givenTransaction(flags) }, (options) =>
      executeTransaction(client, transaction, options),
    );
    names.set(record.key, messages.getMessage('word.transaction', [journalType, countText(Number(amount)), member]));
    return { records: [{ ...record, ...executedRewards(answer) }], exitCode };
  }

  async #runJournals({ client, program, flags, repeatable }: KeyedContext<ExecuteFlags>): Promise<Called> {
    const { journal = [] } = flags;
    repeatable({ journal });
    const again = commandLine('execute transactions', { journal, program, 'target-org': this.orgName });
    const outcomes = await runPendingJournals(client, program, journal);
    return { records: outcomes.map((outcome) => pendingRecord(outcome, again)), exitCode: pendingExitCode(outcomes) };
  }
}
