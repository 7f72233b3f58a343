import { counted } from '../../base/text/counted.js';
import type { RunNote } from '../../outbox/index.js';
import { isTakenOver } from './comparedSides.js';
import type { ComparedNumber } from './comparedSides.js';
import type { ComparisonTable } from './comparisonTable.js';
import type { Difference } from './difference.js';

/** What is known of the hashes of one source. */
interface SourceHashes {
  /** Whether one was equal, so that hashes of this source can be compared. */
  hasEqual: boolean;
  /** Hashes that differ. */
  differing: number;
  /** Transactions whose hash was not compared, because the org changes content. */
  left: number;
  /** Transactions of which only the key is known, because it was taken over from the org. */
  takenOver: number;
}

/**
 * Holds differences of hashes back until it is clear that hashes can be compared. An org that rounds amounts, or spells
 * a type in another way than the mapping, gives no equal hash at all: that is not a difference in every purchase, but
 * neither does anybody know that they are equal.
 */
export class UnsureContent {
  readonly #table: ComparisonTable;
  readonly #canCompare: boolean;
  readonly #bySource = new Map<string, SourceHashes>();

  /** @param canCompare false if the org changes content when it stores it */
  constructor(table: ComparisonTable, canCompare: boolean) {
    this.#table = table;
    this.#canCompare = canCompare;
  }

  /** Takes note of what became of a comparison. Returns the differences that are certain. */
  compared({ known, fed, journals }: ComparedNumber, differences: readonly Difference[]): Difference[] {
    const isAlone = known?.state === 'done' && fed.length === 0 && journals.length === 1;
    const isHashed = isAlone && known.content !== undefined && known.journal === undefined;
    const unsure = differences.filter(({ status }) => status === 'content');
    if (isAlone && isTakenOver(known)) this.#of(known.key).takenOver += 1;
    else if (isHashed && !this.#canCompare) this.#of(known.key).left += 1;
    else if (isHashed && unsure.length === 0) this.#of(known.key).hasEqual = true;
    for (const difference of unsure) {
      this.#of(difference.key ?? '').differing += 1;
      this.#table.keepBack(sourceOf(difference.key ?? ''), difference);
    }
    return differences.filter(({ status }) => status !== 'content');
  }

  /** Yields what was kept back and is a difference after all. A single one is told, since nothing speaks against it. */
  *keptBack(): Iterable<Difference> {
    for (const [source, hashes] of this.#bySource) {
      if (isComparable(hashes)) yield* this.#table.keptBack(source) as Iterable<Difference>;
    }
  }

  /** Number of transactions whose content could not be compared. */
  get uncompared(): number {
    return [...this.#bySource.values()].reduce((sum, hashes) => sum + uncomparedOf(hashes), 0);
  }

  notes(): readonly RunNote[] {
    return [...this.#bySource].flatMap(([source, hashes]) => {
      const { takenOver } = hashes;
      const otherwise = uncomparedOf(hashes) - takenOver;
      return [
        ...noteOf(source, otherwise, writtenOtherwise),
        ...noteOf(source, takenOver, 'the outbox has taken its key over from the org, and has never seen it.'),
      ];
    });
  }

  #of(key: string): SourceHashes {
    const source = sourceOf(key);
    const known = this.#bySource.get(source) ?? { hasEqual: false, differing: 0, left: 0, takenOver: 0 };
    this.#bySource.set(source, known);
    return known;
  }
}

const writtenOtherwise =
  'the org writes some of it otherwise than the mapping, such as a rounded amount or the spelling of a type.';

function noteOf(source: string, count: number, because: string): RunNote[] {
  if (count === 0) return [];
  const which = `The content of ${counted(count, 'transaction')} of ${source}`;
  return [
    {
      code: 'content-not-compared',
      message: `${which} could not be compared: ${because} Give the feed and its mapping.`,
    },
  ];
}

function isComparable({ hasEqual, differing }: SourceHashes): boolean {
  return hasEqual || differing === 1;
}

function uncomparedOf(hashes: SourceHashes): number {
  return hashes.left + hashes.takenOver + (isComparable(hashes) ? 0 : hashes.differing);
}

function sourceOf(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf(':')));
}
