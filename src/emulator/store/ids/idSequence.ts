import { to18 } from './recordIds.js';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** An id is the key prefix, an invented instance, and a counter: `0lV` `9z0` `000000001`. */
const instance = '9z0';
const counterLength = 9;

/** A record id and its place in the sequence, from 1. Auto-numbers show that place. */
interface PlacedId {
  readonly id: string;
  readonly ordinal: number;
}

/**
 * Record ids of one object, in ascending order. The digits are ordered by their byte values, so the greatest id of a
 * table is the one assigned last, and sorting by id sorts by creation.
 */
export class IdSequence {
  #last: number;

  readonly #keyPrefix: string;
  readonly #origin;

  /**
   * @param lastId the greatest id in use, if any
   * @param origin value of the counter before the first id is assigned
   */
  constructor(keyPrefix: string, lastId: string | undefined, origin = 0) {
    this.#keyPrefix = keyPrefix;
    this.#origin = origin;

    this.#last = lastId === undefined ? origin : countOf(lastId, keyPrefix);
  }

  /** Returns an id that was never assigned before. */
  next(): PlacedId {
    this.#last += 1;
    return { id: toRecordId(this.#keyPrefix, this.#last), ordinal: this.#placeOf(this.#last) };
  }

  /** Reserves a given id, so `next` never returns it. */
  take(id: string): PlacedId {
    const count = countOf(id, this.#keyPrefix);
    this.#last = Math.max(this.#last, count);
    return { id, ordinal: this.#placeOf(count) };
  }

  /** Ids chosen while an org is set up are below its origin. */
  #placeOf(count: number): number {
    return count > this.#origin ? count - this.#origin : count;
  }
}

/** The counter part of an id, or 0 for an id that was not assigned here. */
export function countOf(id: string, keyPrefix = id.slice(0, 3)): number {
  return id.startsWith(keyPrefix + instance) ? decode(id.slice(6, 6 + counterLength)) : 0;
}

/** Returns an id in its 18-character form. */
export function toRecordId(keyPrefix: string, count: number): string {
  return to18(keyPrefix + instance + encode(count));
}

function encode(value: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / digits.length)) {
    text = digits.charAt(rest % digits.length) + text;
  }
  return text.padStart(counterLength, '0');
}

function decode(text: string): number {
  let value = 0;
  for (const digit of text) value = value * digits.length + digits.indexOf(digit);
  return value;
}
