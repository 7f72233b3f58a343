import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { filledText, memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { calendarDayFlag, requirePeriod } from '../../../cli/dayFlag.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import { historyLine } from '../../../cli/historyRows.js';
import { historyType, readHistory, readLedger } from '../../../cli/readTransactions.js';
import type { ListTransactionsResult, TransactionRecord } from '../../../cli/results/transactionResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { numberColumn, tableLayout } from '../../../cli/terminal/tableLayout.js';
import { wrapped } from '../../../cli/terminal/terminalText.js';
import { newestFirst, pointsSums, transactionRows } from '../../../cli/transactionRows.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.transactions');
export type { ListTransactionsResult } from '../../../cli/results/transactionResults.js';

export default class ListTransactions extends SfCommand<ListTransactionsResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ required: true }),
    type: filledText({ summary: messages.getMessage('flags.type.summary') }),
    subtype: filledText({ summary: messages.getMessage('flags.subtype.summary') }),
    from: calendarDayFlag({
      summary: messages.getMessage('flags.from.summary'),
      description: messages.getMessage('flags.from.description'),
    }),
    to: calendarDayFlag({ summary: messages.getMessage('flags.to.summary') }),
    history: Flags.boolean({
      summary: messages.getMessage('flags.history.summary'),
      description: messages.getMessage('flags.history.description'),
    }),
  };

  public async run(): Promise<ListTransactionsResult> {
    return inProgramUnlessInterrupted(
      this,
      async () => {
        const { flags } = await this.parse(ListTransactions);
        requirePeriod(flags.from, flags.to);
        return { ...flags, ...(flags.history && { type: historyType(flags.type) }) };
      },
      async ({ client, program, flags }) => {
        const { MembershipNumber: member } = await client.members.get(program, flags.member);
        const read = flags.history ? readHistory : readLedger;
        const records = (await read(client, program, { ...flags, member })).sort(newestFirst);
        const isNamed = (flags.type ?? flags.subtype) !== undefined;
        if (records.length === 0) this.log(messages.getMessage(isNamed ? 'info.noneOfType' : 'info.none', [member]));
        else if (flags.history) this.#showHistory(member, records);
        else this.#showLedger(member, records);
        return { result: { program, records, counts: { total: records.length } }, exitCode: exitCodes.done };
      },
    );
  }

  #showLedger(member: string, records: readonly TransactionRecord[]): void {
    this.table({
      ...tableLayout,
      title: messages.getMessage('info.title', [member]),
      columns: ['date', 'journal', 'type', numberColumn('amount'), numberColumn('points'), 'currency'],
      data: records.flatMap(transactionRows),
    });
    const sums = pointsSums(records) || messages.getMessage('info.noPoints');
    for (const line of wrapped(messages.getMessage('info.total', [sums]), '')) this.log(line);
  }

  #showHistory(member: string, records: readonly TransactionRecord[]): void {
    this.table({
      ...tableLayout,
      title: messages.getMessage('info.title', [member]),
      columns: ['date', 'type', numberColumn('amount'), { key: 'fields', name: messages.getMessage('column.fields') }],
      data: records.map(historyLine),
    });
  }
}
