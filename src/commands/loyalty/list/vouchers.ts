import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import { oneOfWords } from '../../../cli/oneOfWords.js';
import type { ListVouchersResult, VoucherRecord } from '../../../cli/results/voucherResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { tableLayout } from '../../../cli/terminal/tableLayout.js';
import { vouchersTable } from '../../../cli/voucherTable.js';
import type { MemberVoucher, VoucherFilter } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.vouchers');
export type { ListVouchersResult } from '../../../cli/results/voucherResults.js';

const statuses = ['issued', 'redeemed', 'cancelled', 'expired', 'reserved'] as const;

export default class ListVouchers extends SfCommand<ListVouchersResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ required: true }),
    status: Flags.custom<(typeof statuses)[number]>({
      ...oneOfWords(statuses),
      summary: messages.getMessage('flags.status.summary'),
      multiple: true,
      delimiter: ',',
    })(),
  };

  public async run(): Promise<ListVouchersResult> {
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(ListVouchers)).flags,
      async ({ client, program, flags: { member: wanted, status = [] } }) => {
        const { MembershipNumber: member } = await client.members.get(program, wanted);
        const vouchers = await client.members.allVouchers(program, member, filterOf(status));
        const records = vouchers
          .map((voucher) => toRecord(member, voucher))
          .filter((record) => status.length === 0 || status.some((each) => each === record.status?.toLowerCase()));
        this.#show(member, records);
        return { result: { program, records, counts: { total: records.length } }, exitCode: exitCodes.done };
      },
    );
  }

  #show(member: string, records: readonly VoucherRecord[]): void {
    if (records.length === 0) {
      this.log(messages.getMessage('info.none', [member]));
      return;
    }
    const { columns, data } = vouchersTable(records);
    this.table({
      ...tableLayout,
      title: messages.getMessage('info.title', [member]),
      columns: [...columns],
      data: [...data],
    });
  }
}

/** The resource does not filter by `Reserved`, so all are read for it. */
function filterOf(status: readonly string[]): VoucherFilter {
  return status.length === 0 || status.includes('reserved') ? {} : { voucherStatus: [...status] };
}

function toRecord(member: string, voucher: MemberVoucher): VoucherRecord {
  return {
    key: voucher.voucherId,
    status: voucher.status ?? null,
    member,
    code: voucher.voucherCode ?? null,
    number: voucher.voucherNumber ?? null,
    voucher: voucher.voucherDefinition ?? null,
    type: voucher.type ?? null,
    faceValue: voucher.faceValue ?? null,
    redeemedValue: voucher.redeemedValue ?? null,
    remainingValue: voucher.remainingValue ?? null,
    discountPercent: voucher.discountPercent ?? null,
    currencyIsoCode: voucher.currencyIsoCode ?? null,
    effectiveDate: voucher.effectiveDate ?? null,
    expirationDate: voucher.expirationDate ?? null,
    useDate: voucher.useDate ?? null,
    product: voucher.product ?? voucher.productCategory ?? null,
    promotion: voucher.promotionName ?? null,
  };
}
