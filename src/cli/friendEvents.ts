import { Messages } from '@salesforce/core';
import { definedValues } from '../base/definedValues.js';
import { utcDateTime } from '../base/localDateTime.js';
import { referralEventTypes } from '../client/index.js';
import type { FriendEvent, ReferralEventType } from '../client/index.js';
import type { RowValues } from './rowsWork.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.create.referral');

/** What of an event a text says. The names are those of the API and of the columns of a file. */
export const friendColumns = [
  'referralCode',
  'eventType',
  'activityDateTime',
  'contactId',
  'firstName',
  'lastName',
  'email',
  'orderReferenceId',
  'productId',
  'purchaseAmount',
  'purchaseQuantity',
  'referralStage',
  'referralChannel',
] as const;

export type FriendValues = Readonly<Partial<Record<(typeof friendColumns)[number], string | undefined>>>;

/** An event in the texts of a line, and of the flags, which say what the line leaves open. */
export function friendEvent(line: RowValues, flags: FriendValues): FriendEvent {
  const {
    referralCode = '',
    eventType,
    activityDateTime,
    purchaseAmount,
    purchaseQuantity,
    ...texts
  } = both(line, flags);
  return {
    ...definedValues({
      ...texts,
      activityDateTime: activityDateTime && utcDateTime(activityDateTime),
      purchaseAmount: numberOf(purchaseAmount),
      purchaseQuantity: numberOf(purchaseQuantity),
    }),
    referralCode,
    eventType: eventTypeOf(eventType) ?? 'Refer',
  };
}

/** Why a line says of no event, as a sentence. */
export function friendProblem(line: RowValues, flags: FriendValues): string | undefined {
  const { referralCode, eventType, activityDateTime, contactId, email, ...amounts } = both(line, flags);
  if (referralCode === undefined) return messages.getMessage('problem.noCode');
  if (contactId === undefined && email === undefined) return messages.getMessage('problem.nobody');
  if (eventType !== undefined && eventTypeOf(eventType) === undefined) {
    return messages.getMessage('problem.event', [eventType, referralEventTypes.join(', ')]);
  }
  if (activityDateTime !== undefined && utcDateTime(activityDateTime) === undefined) {
    return messages.getMessage('problem.date', ['activityDateTime', activityDateTime]);
  }
  const { purchaseAmount, purchaseQuantity } = amounts;
  const wrong = Object.entries({ purchaseAmount, purchaseQuantity }).find(
    ([, text]) => text !== undefined && !/^-?\d+(\.\d+)?$/.test(text),
  );
  return wrong && messages.getMessage('problem.number', wrong);
}

function both(line: RowValues, flags: FriendValues): FriendValues {
  return { ...flags, ...definedValues(line) };
}

function eventTypeOf(text: string | undefined): ReferralEventType | undefined {
  return referralEventTypes.find((type) => type.toLowerCase() === text?.toLowerCase());
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
