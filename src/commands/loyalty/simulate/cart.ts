import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { commandLine } from '../../../base/text/commandLine.js';
import { counted } from '../../../base/text/counted.js';
import { cartFlags, cartOfMember, cartOwner, givenCart, readCart } from '../../../cli/cartFile.js';
import { programFlags } from '../../../cli/commonFlags.js';
import { eligibleLines, eligibleRecord } from '../../../cli/eligibleCart.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import type { SimulateCartResult } from '../../../cli/results/cartResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { wrapped } from '../../../cli/terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.simulate.cart');
export type { SimulateCartResult } from '../../../cli/results/cartResults.js';

export default class SimulateCart extends SfCommand<SimulateCartResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = { ...programFlags, ...cartFlags };

  public async run(): Promise<SimulateCartResult> {
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(SimulateCart)).flags,
      async ({ client, program, flags }) => {
        const { file, member, 'rule-library': ruleLibraryApiName } = flags;
        const given = await readCart(file, { needsHeader: false });
        const cart = await cartOfMember(client, program, { cart: given, member });
        const promotions = await client.cartPromotions.eligible(cart, { ruleLibraryApiName });
        const records = promotions.map(eligibleRecord);
        const owners = [...new Set(cart.cartDetails.map(cartOwner))].join(', ');
        const title =
          records.length === 0
            ? messages.getMessage('info.none', [owners, program])
            : messages.getMessage('info.title', [owners, program, counted(records.length, 'promotion')]);
        for (const line of wrapped(title, '')) this.log(line);
        for (const line of records.flatMap(eligibleLines)) this.log(line);
        const execute = commandLine('execute cart', { ...givenCart(flags), program, 'target-org': this.orgName });
        this.log(messages.getMessage('info.nothingWritten', [execute]));
        return { result: { program, records, counts: { total: records.length } }, exitCode: exitCodes.done };
      },
    );
  }
}
