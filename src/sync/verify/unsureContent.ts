import { counted } from '../../base/text/counted.js';
import type { RunNote } from '../../outbox/index.js';
import type { ComparedNumber } from './comparedSides.js';
import type { Difference } from './difference.js';

/** Differences that are held back until one transaction of their source was equal by its hash. */
const mostHeld = 1000;

/** What is known of the hashes of one source. */
interface SourceHashes {
  /** Whether one was equal, so that hashes of this source can be compared. */
  hasEqual: boolean;
  count: number;
  readonly held: Difference[];
}

/**
 * Holds differences of hashes back until it is clear that hashes can be compared. An org that rounds amounts, or spells
 * a type in another way than the mapping, gives no equal hash at all: that is not a difference in every purchase.
 */
export class UnsureContent {
  readonly #bySource = new Map<string, SourceHashes>();

  /** Takes note of what became of a comparison. */
  compared({ known, fed, journals }: ComparedNumber, differences: readonly Difference[]): void {
    const isHashed =
      known?.state === 'done' && known.journal === undefined && fed.length === 0 && journals.length === 1;
    if (!isHashed || differences.some(({ status }) => status === 'content')) return;
    this.#of(known.key).hasEqual = true;
  }

  /** Yields the differences that are certain by now. */
  *sure(difference: Difference): Iterable<Difference> {
    if (difference.status !== 'content') {
      yield difference;
      return;
    }
    const source = this.#of(difference.key ?? '');
    source.count += 1;
    if (!source.hasEqual) {
      if (source.held.length < mostHeld) source.held.push(difference);
      return;
    }
    yield* source.held.splice(0);
    yield difference;
  }

  /** Yields what was held back and is a difference after all. A single one is told, since nothing speaks against it. */
  *left(): Iterable<Difference> {
    for (const { hasEqual, count, held } of this.#bySource.values()) if (hasEqual || count === 1) yield* held.splice(0);
  }

  notes(): readonly RunNote[] {
    return [...this.#bySource].flatMap(([source, { hasEqual, count }]) => {
      if (hasEqual || count < 2) return [];
      const message =
        `The content of ${counted(count, 'transaction')} of ${source} could not be compared: the org writes some of it ` +
        'otherwise than the mapping, such as a rounded amount or the spelling of a type. Give the feed and its mapping.';
      return [{ code: 'content-not-compared', message }];
    });
  }

  #of(key: string): SourceHashes {
    const source = key.slice(0, Math.max(0, key.indexOf(':')));
    const known = this.#bySource.get(source) ?? { hasEqual: false, count: 0, held: [] };
    this.#bySource.set(source, known);
    return known;
  }
}
