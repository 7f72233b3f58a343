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
        if (isWanted && !isCancelled) {
          again = commandLine('cancel voucher', given);
          await cancel(client, program, { found, process });
        }
        const status: Status = isCancelled ? 'known' : isWanted ? 'cancelled' : 'kept';
        const record = { key: voucher.Id, status, member, code: voucher.VoucherCode, number: voucher.Name };
        const sentence = messages.getMessage(`info.${status}`, [record.code ?? record.number, member]);
        if (status === 'cancelled') this.logSuccess(sentence);
        else this.log(sentence);
        const result = { program, records: [record], counts: countBy([record], cancelStatuses) };
        return { result, exitCode: exitCodes.done };
      },
      () => findOut(again),
    );
  }

  /** @throws {SfError} where nobody can be asked */
  async #mayCancel({ member, voucher: { VoucherCode, Name } }: FoundVoucher): Promise<boolean> {
    return askFirst(this, messages.getMessage('prompt.cancel', [VoucherCode ?? Name, member]));
  }
}

/** @throws {SfError} that lists the processes, if the org does not have the named one */
async function cancel(
  client: LoyaltyClient,
  program: string,
  { found, process: name }: { readonly found: FoundVoucher; readonly process: string },
): Promise<void> {
  const { member: membershipNumber, voucher } = found;
  const cancelled = client.vouchers.cancel(program, { membershipNumber, voucherId: voucher.Id, processName: name });
  await orMissingProcess(client, program, { type: 'CancelVoucher', name }, cancelled);
}
