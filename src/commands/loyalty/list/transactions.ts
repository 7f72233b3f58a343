import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { definedValues } from '../../../base/definedValues.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { filledText, memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { calendarDayFlag, requirePeriod } from '../../../cli/dayFlag.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import type { ListTransactionsResult } from '../../../cli/results/transactionResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { numberColumn, tableLayout } from '../../../cli/terminal/tableLayout.js';
import { wrapped } from '../../../cli/terminal/terminalText.js';
import { newestFirst, pointsSums, transactionRecord, transactionRows } from '../../../cli/transactionRows.js';

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
  };

  public async run(): Promise<ListTransactionsResult> {
    return inProgramUnlessInterrupted(
      this,
      async () => {
        const { flags } = await this.parse(ListTransactions);
        requirePeriod(flags.from, flags.to);
        return flags;
      },
      async ({ client, program, flags }) => {
        const { MembershipNumber: member } = await client.members.get(program, flags.member);
        const filter = {
          journalTypeName: flags.type,
          journalSubTypeName: flags.subtype,
          periodStartDate: flags.from && instantText(`${flags.from}T00:00:00.000`),
          periodEndDate: flags.to && instantText(`${flags.to}T23:59:59.999`),
          additionalTransactionJournalAttributes: ['Status'],
        };
        const journals = await client.transactions.allLedgerSummaries(program, member, definedValues(filter));
        const records = journals.map((journal) => transactionRecord(journal, member)).sort(newestFirst);
        const isNamed = (flags.type ?? flags.subtype) !== undefined;
        if (records.length > 0) this.#show(member, records);
        else this.log(messages.getMessage(isNamed ? 'info.noneOfType' : 'info.none', [member]));
        return { result: { program, records, counts: { total: records.length } }, exitCode: exitCodes.done };
      },
    );
  }

  #show(member: string, records: ListTransactionsResult['records']): void {
    this.table({
      ...tableLayout,
      title: messages.getMessage('info.title', [member]),
      columns: ['date', 'journal', 'type', numberColumn('amount'), numberColumn('points'), 'currency'],
      data: records.flatMap(transactionRows),
    });
    const sums = pointsSums(records) || messages.getMessage('info.noPoints');
    for (const line of wrapped(messages.getMessage('info.total', [sums]), '')) this.log(line);
  }
}

/** The instant at which clocks here show that time, as dates are printed here. */
function instantText(time: string): string {
  return new Date(time).toISOString();
}
