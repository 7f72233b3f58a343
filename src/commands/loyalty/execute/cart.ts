import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { commandLine } from '../../../base/text/commandLine.js';
import { cartFlags, cartOfMember, readCart } from '../../../cli/cartFile.js';
import { programFlags } from '../../../cli/commonFlags.js';
import { countBy } from '../../../cli/counts.js';
import { exitCodeOf } from '../../../cli/errors/exitCodes.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import { cartTitle, linesTable, pricedRecord, promotionLines } from '../../../cli/pricedCartLines.js';
import { cartStatuses } from '../../../cli/results/cartResults.js';
import type { ExecuteCartResult } from '../../../cli/results/cartResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { narrowTableLayout } from '../../../cli/terminal/tableLayout.js';
import { wrapped } from '../../../cli/terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.execute.cart');
export type { ExecuteCartResult } from '../../../cli/results/cartResults.js';

export default class ExecuteCart extends SfCommand<ExecuteCartResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = { ...programFlags, ...cartFlags };

  public async run(): Promise<ExecuteCartResult> {
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(ExecuteCart)).flags,
      async ({ client, program, flags: { file, member, 'rule-library': ruleLibraryApiName } }) => {
        const given = await readCart(file, { needsHeader: true });
        const cart = await cartOfMember(client, program, { cart: given, member });
        const priced = await client.cartPromotions.execute(cart, { ruleLibraryApiName });
        const records = cart.cartDetails.map((each) => {
          const header = String(each['cartHeaderId__std']);
          return pricedRecord(
            each,
            priced.find(({ cartHeaderId }) => cartHeaderId === header),
          );
        });
        for (const record of records) this.#show(record);
        if (records.some(({ promotions }) => promotions.length > 0)) {
          const apply = commandLine('apply rewards', { file: null, program, 'target-org': this.orgName });
          this.log(messages.getMessage('info.apply', [apply]));
        }
        const counts = countBy(records, cartStatuses);
        return { result: { program, records, counts }, exitCode: exitCodeOf({ refused: counts.missing, open: 0 }) };
      },
    );
  }

  #show(record: ExecuteCartResult['records'][number]): void {
    for (const line of wrapped(cartTitle(record), '')) this.log(line);
    if (record.status === 'missing') return;
    const { columns, data } = linesTable(record);
    if (data.length > 0) this.table({ ...narrowTableLayout, columns: [...columns], data: [...data] });
    for (const line of promotionLines(record)) this.log(line);
  }
}
