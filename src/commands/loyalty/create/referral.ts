import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { programFlags } from '../../../cli/commonFlags.js';
import { friendColumns, friendEvent, friendProblem } from '../../../cli/friendEvents.js';
import { friendFlags, friendFlagValues } from '../../../cli/friendFlags.js';
import { createReferralStatuses } from '../../../cli/results/referralResults.js';
import type { CreateReferralResult } from '../../../cli/results/referralResults.js';
import { rowsCommand } from '../../../cli/rowsCommand.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { referFriend } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.create.referral');
export type { CreateReferralResult } from '../../../cli/results/referralResults.js';

type CreatedReferral = CreateReferralResult['records'][number];

/** Of a friend for whom nothing could be done. */
const blank: Omit<CreatedReferral, 'key' | 'status' | 'line' | 'error'> = {
  ...{ event: null, referralCode: null, advocate: null, referralId: null, contactId: null, stage: null, vouchers: [] },
};

export default class CreateReferral extends SfCommand<CreateReferralResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    ...friendFlags,
  };

  public async run(): Promise<CreateReferralResult> {
    return rowsCommand(this, async () => (await this.parse(CreateReferral)).flags, {
      words: 'create referral',
      given: ({ code, event, contact, email, date, order, product, amount, quantity, stage, channel, ...flags }) => ({
        ...{ code, event, contact, email, 'first-name': flags['first-name'], 'last-name': flags['last-name'] },
        ...{ date, order, product, amount, quantity, stage, channel },
      }),
      columns: friendColumns,
      required: [],
      statuses: createReferralStatuses,
      problem: (values, flags) => friendProblem(values, friendFlagValues(flags)),
      named: ({ contactId, email }, line) => ({ key: email ?? contactId ?? line }),
      act: async ({ client, program, flags }, values) => {
        const event = friendEvent(values, friendFlagValues(flags));
        const { referralCode, eventType, email, contactId } = event;
        const { vouchers, ...referred } = await referFriend(client, program, event);
        const named = vouchers.map(({ voucherId, voucherCode: code, voucherDefinition: voucher }) => ({
          ...{ voucherId, code: code ?? null, voucher: voucher ?? null },
        }));
        return { key: email ?? contactId ?? '', event: eventType, referralCode, ...referred, vouchers: named };
      },
      blank,
      show: (record) => this.#show(record),
      messages,
      reader: async () => (await import('../../../sync/index.js')).readNamedRows,
    });
  }

  #show({ status, key, advocate, stage, vouchers }: CreatedReferral): void {
    const texts = [key, advocate ?? '–'];
    if (status === 'exists') this.log(messages.getMessage('info.exists', texts));
    else this.logSuccess(messages.getMessage(`info.${status}`, texts));
    this.log(messages.getMessage('info.stage', [stage ?? '–']));
    for (const { code, voucher, voucherId } of vouchers) {
      this.log(messages.getMessage('info.voucher', [voucher ?? voucherId, code ?? '–']));
    }
  }
}
