import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { commandLine } from '../../../base/text/commandLine.js';
import { askFirst, noPromptFlag } from '../../../cli/askFirst.js';
import { filledText, memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { countBy } from '../../../cli/counts.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { orMissingProcess } from '../../../cli/errors/missingProcess.js';
import { findVoucher } from '../../../cli/findVoucher.js';
import type { FoundVoucher } from '../../../cli/findVoucher.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import { findOut } from '../../../cli/keyedOutcome.js';
import { cancelStatuses } from '../../../cli/results/voucherResults.js';
import type { CancelVoucherResult } from '../../../cli/results/voucherResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import type { LoyaltyClient } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.cancel.voucher');
export type { CancelVoucherResult } from '../../../cli/results/voucherResults.js';

type Status = (typeof cancelStatuses)[number];

export default class CancelVoucher extends SfCommand<CancelVoucherResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ required: true }),
    code: filledText({ summary: messages.getMessage('flags.code.summary'), required: true }),
    number: filledText({ summary: messages.getMessage('flags.number.summary') }),
    process: filledText({
      summary: messages.getMessage('flags.process.summary'),
      description: messages.getMessage('flags.process.description'),
      default: 'CancelVoucher',
    }),
    'no-prompt': noPromptFlag,
  };

  public async run(): Promise<CancelVoucherResult> {
    let again = '';
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(CancelVoucher)).flags,
      async ({ client, program, flags }) => {
        const { code, number, process, 'no-prompt': isSure } = flags;
        const found = await findVoucher({ client, program, org: this.orgName }, flags);
        const { member, voucher } = found;
        const given = { member, code, number, process, 'no-prompt': true, program, 'target-org': this.orgName };
        const isCancelled = voucher.Status === 'Cancelled';
        const isWanted = isCancelled || isSure || (await this.#mayCancel(found));
        let status: Status = isCancelled ? 'known' : 'kept';
        if (isWanted && !isCancelled) {
          again = commandLine('cancel voucher', given);
          status = await cancel(client, program, { found, process });
        }
        const record = { key: voucher.Id, status, member, code: voucher.VoucherCode, number: voucher.Name };
        this.#show(record, process);
        const result = { program, records: [record], counts: countBy([record], cancelStatuses) };
        return { result, exitCode: status === 'unchanged' ? exitCodes.attention : exitCodes.done };
      },
      () => findOut(again),
    );
  }

  #show({ status, code, number, member }: CancelVoucherResult['records'][number], process: string): void {
    const name = code ?? number;
    if (status === 'cancelled') this.logSuccess(messages.getMessage('info.cancelled', [name, member]));
    else if (status === 'unchanged') this.warn(messages.getMessage('warning.unchanged', [process, name, member]));
    else this.log(messages.getMessage(`info.${status}`, [name, member]));
  }

  /** @throws {SfError} where nobody can be asked */
  async #mayCancel({ member, voucher: { VoucherCode, Name } }: FoundVoucher): Promise<boolean> {
    return askFirst(this, messages.getMessage('prompt.cancel', [VoucherCode ?? Name, member]));
  }
}

/**
 * A process without an active rule succeeds, returns nothing and changes nothing, so that the voucher is read again then.
 *
 * @throws {SfError} that lists the processes, if the org does not have the named one
 */
async function cancel(
  client: LoyaltyClient,
  program: string,
  { found, process: name }: { readonly found: FoundVoucher; readonly process: string },
): Promise<Extract<Status, 'cancelled' | 'unchanged'>> {
  const { member: membershipNumber, voucher } = found;
  const cancelled = client.vouchers.cancel(program, { membershipNumber, voucherId: voucher.Id, processName: name });
  const { voucherId } = await orMissingProcess(client, program, { type: 'CancelVoucher', name }, cancelled);
  if (voucherId !== null) return 'cancelled';
  const [now] = await client.vouchers.find(program, { voucherId: voucher.Id });
  return now?.Status === 'Cancelled' ? 'cancelled' : 'unchanged';
}
