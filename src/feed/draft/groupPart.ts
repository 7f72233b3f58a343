import type { AmountPart } from './amountPart.js';
import type { Part } from './draftPart.js';
import type { ReceiptLines } from './receiptLines.js';

/**
 * What a person should know of rows that follow each other as the lines of a receipt do. Whether they are one purchase or
 * several cannot be told from the rows.
 */
export function groupPart(receipt: ReceiptLines | undefined, { rule }: AmountPart): Part {
  if (receipt === undefined) return { lines: [] };
  const { title, yaml } = receipt;
  const sum = rule === undefined ? '' : `, and \`TransactionAmount: { sum: ${rule} }\``;
  const assumed = [
    `Rows that follow each other have the same ${title}, and each becomes a transaction of its own. To make one of them, write \`key: ${yaml}\` and \`group: { by: ${yaml} }\`${sum}.`,
  ];
  return { lines: [], assumed };
}
