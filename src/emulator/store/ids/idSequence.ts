import { to18 } from './ids.js';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Key prefix, then a made-up instance, then the counter: `0lV` `9z0` `000000001`. */
const instance = '9z0';
const counterLength = 9;

/** A record id and its place in the sequence. */
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

  /** @param lastId the greatest id that is in use, if any */
  public constructor(
    private readonly keyPrefix: string,
    lastId: string | undefined,
  ) {
    this.#last = lastId === undefined ? 0 : this.#ordinalOf(lastId);
  }

  /** An id that was never given out. */
  public next(): PlacedId {
    this.#last += 1;
    return { id: toRecordId(this.keyPrefix, this.#last), ordinal: this.#last };
  }

  /** A given id, which will not be given out again. */
  public take(id: string): PlacedId {
    const ordinal = this.#ordinalOf(id);
    this.#last = Math.max(this.#last, ordinal);
    return { id, ordinal };
  }

  #ordinalOf(id: string): number {
    return id.startsWith(this.keyPrefix + instance) ? decode(id.slice(6, 6 + counterLength)) : 0;
  }
}

/** The 18 characters of the nth record of an object. */
export function toRecordId(keyPrefix: string, ordinal: number): string {
  return to18(keyPrefix + instance + encode(ordinal));
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
