import { resolve } from 'node:path';
import { Messages } from '@salesforce/core';
import { z } from 'zod';
import { isJsonObject } from '../base/jsonObject.js';
import type { CartInput, LoyaltyClient } from '../client/index.js';
import { filledText, memberFlag } from './commonFlags.js';
import { readJsonFile } from './jsonFile.js';
import { amountValue, timeText } from './jsonValues.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.carts');
const hint = (name: string): string => messages.getMessage(`hint.${name}`);

/** Flags of the commands that take a cart. */
export const cartFlags = {
  file: filledText({ char: 'f', summary: messages.getMessage('flags.cart.summary'), required: true }),
  member: memberFlag({ summary: messages.getMessage('flags.member.summary'), description: '' }),
  'rule-library': filledText({ summary: messages.getMessage('flags.rule-library.summary') }),
};

const header = 'cartHeaderId__std';

interface GivenCart {
  readonly file: string;
  readonly member: string | undefined;
  readonly 'rule-library': string | undefined;
}

/** The flags with which a command about the same cart can be printed. */
export function givenCart({
  file,
  member,
  'rule-library': ruleLibrary,
}: GivenCart): Record<string, string | undefined> {
  return { file: resolve(file), member, 'rule-library': ruleLibrary };
}

const Line = z.looseObject(
  { cartLineItemAmount: amountValue.nullish(), cartLineItemQuantity: amountValue.nullish() },
  hint('lines'),
);

/** An org maps fields of its own, so other names are not checked. */
const Cart = z.looseObject(
  {
    activityStartDate: timeText().nullish(),
    cartLineDetails: z.array(Line, hint('lines')).nullish(),
    transactionAmount: amountValue.nullish(),
  },
  hint('details'),
);

/**
 * The carts of a file.
 *
 * @param needsHeader whether each must have the identifier that an execution needs
 * @throws {SfError}
 */
export async function readCart(file: string, { needsHeader }: { readonly needsHeader: boolean }): Promise<CartInput> {
  const OneCart = Cart.check(({ value, issues }) => {
    for (const { path, message } of lacks(value, needsHeader))
      issues.push({ code: 'custom', path, message, input: value });
  });
  const List = z.array(OneCart, hint('details')).min(1, hint('details'));
  const Each = needsHeader ? List.check(({ value, issues }) => void issues.push(...repeatedHeaders(value))) : List;
  const Carts = z.looseObject({ cartDetails: Each }, hint('cart'));
  const Wrapped = z.object({ cart: Carts }).transform(({ cart }) => cart);
  return readJsonFile<CartInput>(file, (content) => (isJsonObject(content) && 'cart' in content ? Wrapped : Carts));
}

function lacks(cart: Readonly<Record<string, unknown>>, needsHeader: boolean): { path: string[]; message: string }[] {
  const currency = 'currencyISOCode';
  const misspelled = Object.keys(cart).find((key) => key.toLowerCase() === currency.toLowerCase());
  if (!cart[currency] && misspelled !== undefined && misspelled !== currency) {
    return [{ path: [misspelled], message: hint('currencySpelling') }];
  }
  if (!cart[currency]) return [{ path: [currency], message: hint('currency') }];
  return needsHeader && !cart[header] ? [{ path: [header], message: hint('header') }] : [];
}

/** The answer names each cart by its identifier only. */
function repeatedHeaders(carts: ReadonlyArray<Readonly<Record<string, unknown>>>) {
  const headers = carts.map((cart) => String(cart[header]));
  return headers.flatMap((each, index) =>
    headers.indexOf(each) < index
      ? [{ code: 'custom' as const, path: [index, header], message: hint('repeatedHeader'), input: each }]
      : [],
  );
}

/** The carts, for a member that a flag names. */
export async function cartOfMember(
  client: LoyaltyClient,
  program: string,
  { cart, member }: { readonly cart: CartInput; readonly member: string | undefined },
): Promise<CartInput> {
  if (member === undefined) return cart;
  const { MembershipNumber: membershipNumber } = await client.members.get(program, member);
  const named = cart.cartDetails.map(({ loyaltyProgramMemberId: _, ...each }) => ({ ...each, membershipNumber }));
  return { ...cart, cartDetails: named };
}

/** Whose cart it is, as the cart names the person. */
export function cartOwner(cart: CartInput['cartDetails'][number]): string {
  const keys = [
    'membershipNumber',
    'loyaltyProgramMemberId',
    'contactEmail',
    'contactLastName',
    'contactId',
    'accountId',
  ];
  const key = keys.find((each) => cart[each]);
  return key === undefined ? '–' : String(cart[key]);
}
