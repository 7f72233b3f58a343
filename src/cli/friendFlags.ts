import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { referralEventTypes } from '../client/index.js';
import type { ReferralEventType } from '../client/index.js';
import { filledText } from './commonFlags.js';
import type { FriendValues } from './friendEvents.js';
import { rowFileFlags } from './memberRows.js';
import { oneOfWords } from './oneOfWords.js';
import { parseAmount, parseDate } from './transactionFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.create.referral');

const ofOne = (name: string, more: { readonly dependsOn?: string[] } = {}) =>
  filledText({ summary: messages.getMessage(`flags.${name}.summary`), exclusive: ['file'], ...more });
const amountOf = (name: string) =>
  Flags.string({
    summary: messages.getMessage(`flags.${name}.summary`),
    exclusive: ['file'],
    parse: async (input) => parseAmount(input),
  });

/** What happened to a friend, or a file of it. */
export const friendFlags = {
  code: filledText({ summary: messages.getMessage('flags.code.summary') }),
  event: Flags.custom<ReferralEventType>({
    ...oneOfWords(referralEventTypes),
    summary: messages.getMessage('flags.event.summary'),
    description: messages.getMessage('flags.event.description'),
    default: 'Refer',
  })(),
  contact: filledText({
    summary: messages.getMessage('flags.contact.summary'),
    exactlyOne: ['contact', 'email', 'file'],
    dependsOn: ['code'],
  }),
  email: ofOne('email', { dependsOn: ['code'] }),
  'first-name': ofOne('first-name', { dependsOn: ['last-name'] }),
  'last-name': ofOne('last-name', { dependsOn: ['email'] }),
  ...rowFileFlags(messages.getMessage('flags.file.description'), messages.getMessage('flags.file.summary')),
  date: Flags.string({
    summary: messages.getMessage('flags.date.summary'),
    description: messages.getMessage('flags.date.description'),
    parse: async (input) => parseDate(input),
  }),
  order: ofOne('order'),
  product: ofOne('product'),
  amount: amountOf('amount'),
  quantity: amountOf('quantity'),
  stage: filledText({ summary: messages.getMessage('flags.stage.summary') }),
  channel: filledText({ summary: messages.getMessage('flags.channel.summary') }),
};

interface FriendFlags {
  readonly code: string | undefined;
  readonly event: ReferralEventType;
  readonly date: string | undefined;
  readonly contact: string | undefined;
  readonly email: string | undefined;
  readonly 'first-name': string | undefined;
  readonly 'last-name': string | undefined;
  readonly order: string | undefined;
  readonly product: string | undefined;
  readonly amount: string | undefined;
  readonly quantity: string | undefined;
  readonly stage: string | undefined;
  readonly channel: string | undefined;
}

/** The flags by the names of the API. */
export function friendFlagValues(flags: FriendFlags): FriendValues {
  return {
    referralCode: flags.code,
    eventType: flags.event,
    activityDateTime: flags.date,
    contactId: flags.contact,
    firstName: flags['first-name'],
    lastName: flags['last-name'],
    email: flags.email,
    orderReferenceId: flags.order,
    productId: flags.product,
    purchaseAmount: flags.amount,
    purchaseQuantity: flags.quantity,
    referralStage: flags.stage,
    referralChannel: flags.channel,
  };
}
