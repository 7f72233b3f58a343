import fc from 'fast-check';

/** A line of a feed of receipts, and what it is. */
export interface ModelLine {
  readonly text: string;
  readonly is: 'item' | 'skipped' | 'doubtful' | 'blank';
  readonly receipt: string;
  /** In cents. */
  readonly amount: number;
}

export const receiptHeader = 'Receipt,Card,At,Item,Amount';

/** Receipts become transactions; `VOID` is skipped. */
export const receipts = `
source: till
key: Receipt
member: Card
group: { by: Receipt }
journal:
  ActivityDate: At
  JournalTypeName: { value: Accrual }
  TransactionAmount: { sum: Amount, decimals: 2 }
  Quantity: { count: Receipt }
`;

/** One line of a receipt. */
export function itemLine(receipt: string, amount: number, item = 'TEA'): string {
  return `${receipt},HR-1,2026-04-02T09:15:00Z,${item},${(amount / 100).toFixed(2)}`;
}

const receipt = fc.constantFrom('R1', 'R2', 'R3');
const amount = fc.integer({ min: -500, max: 500 });
const line: fc.Arbitrary<ModelLine> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .tuple(receipt, amount)
      .map(([name, cents]) => ({ text: itemLine(name, cents), is: 'item' as const, receipt: name, amount: cents })),
  },
  {
    weight: 2,
    arbitrary: receipt.map((name) => ({
      text: itemLine(name, 1, 'VOID'),
      is: 'skipped' as const,
      receipt: name,
      amount: 0,
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      // With too few cells it may be of any receipt; with too many, only of those that are in it.
      .constantFrom('x', ',HR-1,2026-04-02T09:15:00Z,TEA,1.00', 'R1,R1,R1,R1,R1,R1', 'R2,R3,R2,R2,R2,R2')
      .map((text) => ({ text, is: 'doubtful' as const, receipt: '', amount: 0 })),
  },
  { weight: 1, arbitrary: fc.constant({ text: '', is: 'blank' as const, receipt: '', amount: 0 }) },
);

export const modelLines = fc.array(line, { maxLength: 30 });

export function feedText(lines: readonly ModelLine[], end: string): string {
  return [receiptHeader, ...lines.map(({ text }) => text)].map((text) => `${text}${end}`).join('');
}

/**
 * What becomes of each line, told in another way than the reader finds it: by looking at the whole feed from the place
 * of each line.
 */
export function expectedOutcomes(all: readonly ModelLine[]): string[] {
  const lines = all.filter(({ is }) => is !== 'blank');
  /** The first line of the first rejected group of each receipt. */
  const rejected = new Map<string, number>();
  return lines.flatMap((each, index) => {
    if (each.is === 'skipped') return 'skipped';
    if (each.is === 'doubtful') return each.text.startsWith(',') ? 'missing-key' : 'malformed-row';
    const [first, last] = [end(lines, index, -1), end(lines, index, 1)];
    const within = lines.slice(first, last + 1);
    const around = [...neighbors(lines, first, -1), ...neighbors(lines, last, 1)];
    const isDoubtful = within.some(({ is }) => is === 'doubtful') || around.some((doubt) => mayBe(doubt, each.receipt));
    if (isDoubtful && !rejected.has(each.receipt)) rejected.set(each.receipt, first);
    if (isDoubtful || (rejected.get(each.receipt) ?? Infinity) < first) return 'group-rejected';
    if (index !== first) return 'grouped';
    const items = within.filter(({ is }) => is === 'item');
    const sum = items.reduce((total, item) => total + item.amount, 0);
    return `till:${each.receipt} ${(sum / 100).toFixed(2)} ${items.length}`;
  });
}

/** The index of the last line of the same receipt in a direction, before another receipt. */
function end(lines: readonly ModelLine[], from: number, step: 1 | -1): number {
  let found = from;
  for (let at = from; lines[at] !== undefined; at += step) {
    const { is, receipt: name } = lines[at]!;
    if (is !== 'item') continue;
    if (name !== lines[from]!.receipt) break;
    found = at;
  }
  return found;
}

/** The doubtful lines between this one and the next item in a direction. */
function neighbors(lines: readonly ModelLine[], from: number, step: 1 | -1): ModelLine[] {
  const found: ModelLine[] = [];
  for (let at = from + step; lines[at] !== undefined && lines[at]!.is !== 'item'; at += step)
    if (lines[at]!.is === 'doubtful') found.push(lines[at]!);
  return found;
}

function mayBe({ text }: ModelLine, name: string): boolean {
  const isComplete = text.startsWith('R');
  return !isComplete || text.includes(name);
}
