import type { Random } from '../../../src/base/random.js';
import { source } from './arrayFeed.js';

export interface Receipt {
  readonly key: string;
  readonly member: string;
  /** Number of its lines, and the sum of their amounts. */
  readonly lines: number;
  readonly sum: number;
  /** Whether its lines have the details of its member. */
  readonly hasDetails: boolean;
  /** Whether one of its lines cannot be read, so that the whole receipt is rejected. */
  readonly isBad: boolean;
}

/** A file of receipts, and what is in it. */
export interface ReceiptFile {
  readonly members: readonly string[];
  /** Persons whom the program does not have. */
  readonly strangers: readonly string[];
  readonly receipts: readonly Receipt[];
  /** CSV, as `receiptMapping` reads it, with a column Surname. */
  readonly text: string;
}

/** Draws a file. Of some strangers, only later receipts have details, and of some none has any. */
export function drawReceiptFile(random: Random): ReceiptFile {
  const members = Array.from({ length: random.integer(1, 5) }, (_, index) => `M${index}`);
  const strangers = Array.from({ length: random.integer(1, 4) }, (_, index) => `S${index}`);
  const all = [...members, ...strangers];
  /** From which receipt on a stranger has details. */
  const from = new Map(strangers.map((member) => [member, drawBeginning(random)]));
  const badShare = random.next() < 0.5 ? 0 : 0.05;
  const seen = new Map<string, number>();
  const rows: string[] = [];
  const receipts = Array.from({ length: random.integer(5, 60) }, (_, index): Receipt => {
    const member = all[random.integer(0, all.length - 1)] ?? '';
    const before = seen.get(member) ?? 0;
    seen.set(member, before + 1);
    const hasDetails = before >= (from.get(member) ?? Infinity);
    const amounts = Array.from({ length: random.integer(1, 4) }, () => random.integer(1, 9));
    const isBad = random.next() < badShare;
    for (const [line, amount] of amounts.entries()) {
      const text = isBad && line === 0 ? 'much' : String(amount);
      rows.push(`${index},${member},${text},2026-04-03T08:00:00Z,${hasDetails ? `L-${member}` : ''}`);
    }
    const sum = amounts.reduce((total, amount) => total + amount, 0);
    return { key: `${source}:${index}`, member, lines: amounts.length, sum, hasDetails, isBad };
  });
  return { members, strangers, receipts, text: `Receipt,Card,Amount,Date,Surname\n${rows.join('\n')}\n` };
}

function drawBeginning(random: Random): number {
  const dice = random.next();
  if (dice < 0.5) return 0;
  return dice < 0.8 ? random.integer(1, 4) : Infinity;
}
