import { counted } from '../../base/text/counted.js';
import { whichColumn } from '../mapping/checkColumns.js';
import { bestColumn } from './columnProfile.js';
import type { ColumnProfile } from './columnProfile.js';
import type { Part } from './draftPart.js';
import { isTotalOf } from './receiptLines.js';
import type { ReceiptLines } from './receiptLines.js';
import { yamlText } from './yamlText.js';

/** What the draft says of the amount. */
export interface AmountPart extends Part {
  readonly columns: readonly ColumnProfile[];
  /** The rule, in YAML. */
  readonly rule?: string;
}

const amountNames = /amount|total|sum|revenue|gross|net|betrag|bedrag|umsatz|montant|importe|cents$|value/i;
const quantityNames = /quantity|qty|count|menge|pieces|units|aantal/i;
const priceNames = /price|preis|prix|prijs/i;
const hundredthNames = /(?:^|[^a-z])(?:cents?|centen|pence|minor|rappen|øre|öre)(?![a-z])/i;
/** As in `amountCents`. */
const hundredthEnds = /[a-z](?:Cents?|Pence|Minor)(?![a-z])/;
/** Amounts without places that are all so large may count hundredths. */
const leastHundredths = 100;

/** @param receipt columns that tell which rows are lines of one receipt, if there are some */
export function amountPart(profiles: readonly ColumnProfile[], receipt: ReceiptLines | undefined): AmountPart {
  const isNumber = ({ number }: ColumnProfile): boolean => number !== undefined;
  const isOfLine = (profile: ColumnProfile): boolean => isNumber(profile) && !isTotalOf(receipt, profile);
  const amount = bestColumn(profiles, amountNames, isOfLine);
  if (amount) return amountOf(amount);
  const quantity = bestColumn(profiles, quantityNames, isNumber);
  const price = bestColumn(profiles, priceNames, isNumber);
  const total = bestColumn(profiles, amountNames, isNumber);
  if (quantity && price && !(total && isTotalOf(receipt, quantity) && isTotalOf(receipt, price)))
    return productOf(quantity, price);
  if (total && receipt) return totalOf(total, receipt);
  if (price) return amountOf(price);
  return {
    lines: ['  # TransactionAmount: { number: … }'],
    assumed: [`No column looks like an amount, so none is sent.${nearlyAmount(profiles)}`],
    columns: [],
  };
}

function amountOf(amount: ColumnProfile): AmountPart {
  const { name, number, values } = amount;
  const assumed = negativeIn(amount);
  const isWhole = number?.hasPlaces !== true;
  if (isWhole && (hundredthNames.test(name) || hundredthEnds.test(name))) {
    const example = values.find((value) => /^\d{3,}$/.test(value));
    const shown = example === undefined ? '' : `: ${example} is sent as ${example.slice(0, -2)}.${example.slice(-2)}`;
    assumed.unshift(`${name} counts hundredths, as its name says${shown}.`);
    return written(hundredths(amount), { assumed, columns: [amount] });
  }
  if (isWhole && values.every((value) => Math.abs(Number(value)) >= leastHundredths || /^[-0]*$/.test(value)))
    assumed.push(
      `${name} has no decimal places. If it counts cents, write \`TransactionAmount: ${hundredths(amount)}\`.`,
    );
  return written(numberRule('number', [amount]), { assumed, columns: [amount] });
}

function productOf(quantity: ColumnProfile, price: ColumnProfile): AmountPart {
  const product = `The amount is ${quantity.name} × ${price.name}, rounded to cents.`;
  const assumed = [product, ...negativeIn(quantity)];
  return written(numberRule('multiply', [quantity, price]), { assumed, columns: [quantity, price] });
}

/** A receipt's total that is repeated in its lines would be sent once for each of them. */
function totalOf(total: ColumnProfile, { names, yaml }: ReceiptLines): AmountPart {
  const rule = numberRule('number', [total]);
  const open =
    `${total.name} is the same in all rows with the same ${names}, so it is probably the total of a receipt, and each of its rows would send it again. ` +
    `If so, write \`key: ${yaml}\`, \`group: { by: ${yaml} }\` and \`TransactionAmount: ${rule}\`, which reads it once for each receipt. If not, write that rule here.`;
  return { lines: [`  TransactionAmount: { number: ${whichColumn} }`], open, columns: [total] };
}

function written(rule: string, rest: Pick<AmountPart, 'assumed' | 'columns'>): AmountPart {
  return { lines: [`  TransactionAmount: ${rule}`], rule, ...rest };
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

function hundredths({ name }: ColumnProfile): string {
  return `{ multiply: [${yamlText(name)}, 0.01], decimals: 2 }`;
}

function numberRule(word: 'number' | 'multiply', columns: readonly ColumnProfile[]): string {
  const names = columns.map(({ name }) => yamlText(name));
  const words = [`${word}: ${word === 'number' ? String(names[0]) : `[${names.join(', ')}]`}`];
  if (word === 'multiply') words.push('decimals: 2');
  if (columns.some(({ number }) => number?.decimalSeparator === ',')) words.push("decimalSeparator: ','");
  return `{ ${words.join(', ')} }`;
}
