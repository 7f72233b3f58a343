import { counted } from '../../base/text/counted.js';
import { whichColumn } from '../mapping/checkColumns.js';
import { bestColumn } from './columnProfile.js';
import type { ColumnProfile } from './columnProfile.js';
import type { Part } from './draftPart.js';
import { isSameInEachReceipt } from './receiptLines.js';
import type { ReceiptLines } from './receiptLines.js';
import { yamlText } from './yamlText.js';

/** What the draft says of the amount. */
export interface AmountPart extends Part {
  readonly columns: readonly ColumnProfile[];
  /** The rule, in YAML. */
  readonly rule?: string;
}

const amountNames = /amount|total|sum|revenue|gross|net|betrag|bedrag|umsatz|montant|importe|value/i;
const quantityNames = /quantity|qty|count|menge|pieces|units|aantal/i;
const priceNames = /price|preis|prix|prijs/i;
const hundredthNames = /(?:^|[^a-z])(?:cents?|centen|pence|minor|rappen|øre|öre)(?![a-z])/i;
const camelCaseHundredths = /[a-z](?:Cents?|Pence|Minor)(?![a-z])/;
/** If all whole amounts are at least this large, they may be cents. */
const leastHundredths = 100;
/** Parts of an amount, and what was paid back. */
const partNames =
  /tax(?!able)|(?:^|[^a-z])(?:vat|tva|btw)(?![a-z])|discount(?!ed)|shipping|refund|mwst|steuer|rabatt|korting|remise/i;
/** `Total incl. tax` is no part. */
const wholeNames = /incl|inkl|excl|with|before|after|gross|net/i;

/** @param receipt columns that tell which rows are lines of one receipt, if there are some */
export function amountPart(profiles: readonly ColumnProfile[], receipt: ReceiptLines | undefined): AmountPart {
  const money = profiles.filter(
    ({ name, number }) => number !== undefined && (!partNames.test(name) || wholeNames.test(name)),
  );
  const isRepeated = (profile: ColumnProfile): boolean => isSameInEachReceipt(receipt, profile);
  const total = bestColumn(money, amountNames, isRepeated);
  const amount = bestColumn(money, amountNames, (each) => !isRepeated(each));
  if (amount) return withTotal(amountOf(amount), total, receipt);
  const quantity = bestColumn(money, quantityNames, () => true);
  const price = bestColumn(money, priceNames, () => true);
  if (quantity && price && !(total && isRepeated(quantity) && isRepeated(price)))
    return withTotal(productOf(quantity, price), total, receipt);
  const repeated = total ?? (price && isRepeated(price) ? price : undefined);
  if (repeated && receipt) return totalOf(repeated, receipt);
  const last = price ?? money.find((each) => isHundredths(each) && each !== quantity);
  return last ? amountOf(last) : noAmount(profiles);
}

function noAmount(profiles: readonly ColumnProfile[]): AmountPart {
  return {
    lines: ['  # TransactionAmount: { number: … }'],
    assumed: [`No column looks like an amount, so none is sent.${nearlyAmount(profiles)}`],
    columns: [],
  };
}

function amountOf(amount: ColumnProfile): AmountPart {
  const { name, number, values } = amount;
  const assumed = negativeIn(amount);
  const isLarge = (value: string): boolean => Number(value.replaceAll(/\D/g, '')) >= leastHundredths;
  if (isHundredths(amount)) assumed.unshift(hundredthsIn(amount));
  else if (number?.hasPlaces !== true && values.every((value) => /^[-0]*$/.test(value) || isLarge(value)))
    assumed.push(
      `${name} has no decimal places. If it counts cents, write \`TransactionAmount: ${ruleOf([amount], true)}\`.`,
    );
  return partWith([amount], assumed);
}

function productOf(quantity: ColumnProfile, price: ColumnProfile): AmountPart {
  const cents = isHundredths(price) ? [hundredthsIn(price)] : [];
  const product = `The amount is ${quantity.name} × ${price.name}, rounded to cents.`;
  return partWith([quantity, price], [product, ...cents, ...negativeIn(quantity)]);
}

/** Says that a column which sounds like the amount was left out. */
function withTotal(part: AmountPart, total: ColumnProfile | undefined, receipt: ReceiptLines | undefined): AmountPart {
  if (!total || !receipt) return part;
  const left = `${total.name} is the same in all rows with the same ${receipt.title}, so it is not the amount of a row.`;
  return { ...part, assumed: [...(part.assumed ?? []), left] };
}

/** A receipt's total that is repeated in its lines would be sent once for each of them. */
function totalOf(total: ColumnProfile, { title, yaml }: ReceiptLines): AmountPart {
  const rule = ruleOf([total]);
  const open =
    `${total.name} is the same in all rows with the same ${title}, so it is probably the total of a receipt, and each of its rows would send it again. ` +
    `If so, write \`key: ${yaml}\`, \`group: { by: ${yaml} }\` and \`TransactionAmount: ${rule}\`, which reads it once for each receipt. If not, write that rule here.`;
  return { lines: [`  TransactionAmount: { number: ${whichColumn} }`], open, columns: [total] };
}

function partWith(columns: readonly ColumnProfile[], assumed: readonly string[]): AmountPart {
  const rule = ruleOf(columns);
  return { lines: [`  TransactionAmount: ${rule}`], rule, assumed, columns };
}

/** Whether the name says that the column counts cents, or the like. */
function isHundredths({ name, number }: ColumnProfile): boolean {
  return number?.hasPlaces === false && (hundredthNames.test(name) || camelCaseHundredths.test(name));
}

function hundredthsIn({ name, values }: ColumnProfile): string {
  const example = values.find((value) => /^[1-9]\d{2,}$/.test(value));
  const shown = example === undefined ? '' : `: ${example} means ${example.slice(0, -2)}.${example.slice(-2)}`;
  return `${name} counts hundredths, as its name says${shown}.`;
}

/** Says which column would be the amount if a few of its values could be read. */
function nearlyAmount(profiles: readonly ColumnProfile[]): string {
  const filled = ({ values }: ColumnProfile): number => values.filter((value) => value !== '').length;
  const near = bestColumn(profiles, amountNames, (profile) => profile.numbers * 2 > filled(profile));
  return near ? ` ${near.name} is a number in ${near.numbers} of ${counted(filled(near), 'row')}.` : '';
}

/** A return is often a negative amount: some programs take points away for it, others refuse it. */
function negativeIn({ name, values }: ColumnProfile): string[] {
  const count = values.filter((value) => value.startsWith('-')).length;
  if (count === 0) return [];
  return [
    `${name} is negative in ${counted(count, 'row')} of the sample, and is sent so. The program must take returns.`,
  ];
}

/** Returns the rule that reads or multiplies these columns. */
function ruleOf(columns: readonly ColumnProfile[], inHundredths = columns.some(isHundredths)): string {
  const factors = [...columns.map(({ name }) => yamlText(name)), ...(inHundredths ? ['0.01'] : [])];
  const words = factors.length === 1 ? [`number: ${factors.join('')}`] : [`multiply: [${factors.join(', ')}]`];
  if (factors.length > 1) words.push('decimals: 2');
  if (columns.some(({ number }) => number?.decimalSeparator === ',')) words.push("decimalSeparator: ','");
  return `{ ${words.join(', ')} }`;
}
