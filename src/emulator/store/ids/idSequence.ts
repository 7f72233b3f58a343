import { to18 } from './ids.js';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Key prefix, then a made-up instance, then the counter: `0lV` `9z0` `000000001`. */
const instance = '9z0';
const counterLength = 9;

/** A record id and its place in the sequence, from 1: what an auto-number shows. */
interface PlacedId {
  readonly id: string;
  readonly ordinal: number;
}

/**
 * Record ids of one object, in rising order: the digits are in the order of their bytes, so the greatest id of a table
 * is the last one given out, and sorting by id is sorting by creation.
 */
export class IdSequence {
  #last: number;

  /**
   * @param lastId the greatest id that is in use, if any
   * @param origin how far the counter stands when the sequence has given out none
   */
  public constructor(
    private readonly keyPrefix: string,
    lastId: string | undefined,
    private readonly origin = 0,
  ) {
    this.#last = lastId === undefined ? origin : countOf(lastId, keyPrefix);
  }

  /** An id that was never given out. */
  public next(): PlacedId {
    this.#last += 1;
    return { id: toRecordId(this.keyPrefix, this.#last), ordinal: this.#placeOf(this.#last) };
  }

  /** A given id, which will not be given out again. */
  public take(id: string): PlacedId {
    const count = countOf(id, this.keyPrefix);
    this.#last = Math.max(this.#last, count);
    return { id, ordinal: this.#placeOf(count) };
  }

  /** Ids that were chosen for an org lie before its origin. */
  #placeOf(count: number): number {
    return count > this.origin ? count - this.origin : count;
  }
}

/** Where the counter stood for an id; 0 for one that is none of ours. */
export function countOf(id: string, keyPrefix = id.slice(0, 3)): number {
  return id.startsWith(keyPrefix + instance) ? decode(id.slice(6, 6 + counterLength)) : 0;
}

/** The 18 characters of an id. */
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
