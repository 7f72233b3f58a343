import { decoded, withoutTags } from './decodedText.js';
import type { DecodedText } from './decodedText.js';

/** Letters and digits of a secret that must follow each other. */
const shortestTrace = 12;
/** Every trace has one of these that begins at a multiple of its length. */
const blockLength = shortestTrace / 2;
/** Texts are looked at in parts. What is written with more characters than the overlap may be missed between two. */
const partLength = 256 * 1024;
const overlap = 16 * 1024;

/** A place in a text; the end is behind it. */
export type Trace = readonly [start: number, end: number];

/**
 * Where a text shows a part of a secret. Only letters and digits are compared, without their case, after escapes are
 * undone and letters of other widths are made plain: whatever stands between them hides nothing. The forms of Base64 and
 * hexadecimal digits are secrets, too. Of an access token, the part in front of `!` is the Id of the org and no secret.
 */
export function secretTraces(text: string, secrets: readonly string[]): Trace[] {
  const wanted = wantedOf(secrets);
  if (wanted.traces.size === 0 || !mayHaveTrace(text, wanted.numbers)) return [];
  const found: Trace[] = [];
  for (let at = 0; at === 0 || at + overlap < text.length; at += partLength) {
    const part = decoded(text.slice(at, at + partLength + overlap), at);
    found.push(...tracesIn(part, wanted));
    // A tag may hold a secret, or be in the middle of one.
    if (part.text.includes('<')) found.push(...tracesIn(withoutTags(part), wanted));
  }
  return merged(found);
}

/** Whether a text must be searched for traces. If not, no part of it has one either. */
export function mayHaveSecretTraces(text: string, secrets: readonly string[]): boolean {
  const { traces, numbers } = wantedOf(secrets);
  return traces.size > 0 && mayHaveTrace(text, numbers);
}

interface Wanted {
  readonly traces: ReadonlySet<string>;
  readonly blocks: ReadonlySet<string>;
  /** The blocks as {@link mayHaveTrace} reads them. */
  readonly numbers: ReadonlySet<number>;
}

/** Of the latest secrets, because every answer of a session is searched for the same token. */
let latest: { readonly of: string; readonly wanted: Wanted } | undefined;

function wantedOf(secrets: readonly string[]): Wanted {
  const of = secrets.join('\n');
  if (latest?.of === of) return latest.wanted;
  const needles = secrets.flatMap((secret) => formsOf(secret.slice(secret.indexOf('!') + 1))).map(lettersOf);
  const blocks = gramsOf(needles, blockLength);
  const numbers = new Set([...blocks].map((block) => parseInt(block, 36)));
  const wanted = { traces: gramsOf(needles, shortestTrace), blocks, numbers };
  latest = { of, wanted };
  return wanted;
}

/** Hides nothing: it is passed over. */
const filler = 36;
/** Begins an escape or a tag, or is no ASCII. */
const special = 37;
/** Of each ASCII character: the value of a letter or digit in base 36, or what else it is. */
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if ('%&<\\'.includes(character)) return special;
  return /[a-z\d]/i.test(character) ? parseInt(character, 36) : filler;
});

/**
 * Whether a text must be searched. Most texts have no escape and no block of a secret, so one look at each character is
 * enough for them.
 */
function mayHaveTrace(text: string, blocks: ReadonlySet<number>): boolean {
  let block = 0;
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const kind = kinds[text.charCodeAt(at)] ?? special;
    if (kind === special) return true;
    if (kind === filler) continue;
    block = block * 36 + kind;
    if (++length < blockLength) continue;
    if (blocks.has(block)) return true;
    block = 0;
    length = 0;
  }
  return false;
}

function formsOf(secret: string): string[] {
  // A byte of Base64 depends on its place among three. What stands beside the secret decides the first and last digits.
  const base64 = [0, 1, 2].map((before) => Buffer.from(' '.repeat(before) + secret).toString('base64'));
  return [secret, ...base64.map((digits) => digits.slice(4, -4)), Buffer.from(secret).toString('hex')];
}

function lettersOf(secret: string): string {
  return folded(secret).letters;
}

function gramsOf(needles: readonly string[], length: number): ReadonlySet<string> {
  const grams = new Set<string>();
  for (const needle of needles) {
    if (needle.length < shortestTrace) continue;
    for (let at = 0; at + length <= needle.length; at++) grams.add(needle.slice(at, at + length));
  }
  return grams;
}

function tracesIn(part: DecodedText, { traces, blocks }: Wanted): Trace[] {
  const { letters, places } = folded(part.text);
  const found: Trace[] = [];
  for (let block = 0; block + blockLength <= letters.length; block += blockLength) {
    if (!blocks.has(letters.slice(block, block + blockLength))) continue;
    for (let at = Math.max(0, block - blockLength + 1); at <= block; at++) {
      if (!traces.has(letters.slice(at, at + shortestTrace))) continue;
      const last = places[at + shortestTrace - 1] ?? 0;
      found.push([part.starts[places[at] ?? 0] ?? 0, part.ends[last] ?? 0]);
    }
  }
  return found;
}

/** Letters and digits in small ASCII, and where each stands. */
function folded(text: string): { readonly letters: string; readonly places: Uint32Array } {
  // One character may stand for several, such as a Roman number.
  const room = /[^\0-\x7f]/.test(text) ? text.length * 20 : text.length;
  const letters = Buffer.alloc(room);
  const places = new Uint32Array(room);
  let length = 0;
  const add = (code: number, place: number): void => {
    const small = code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
    if (!((small >= 0x61 && small <= 0x7a) || (small >= 0x30 && small <= 0x39))) return;
    letters[length] = small;
    places[length++] = place;
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) add(code, at);
    else addPlain(text, at, add);
  }
  return { letters: letters.toString('latin1', 0, length), places };
}

/** Looked up once: a text has few different characters. */
const plainForms = new Map<number, string>();

/** Letters of another width or form. */
function addPlain(text: string, at: number, add: (code: number, place: number) => void): void {
  const point = text.codePointAt(at) ?? 0;
  // The second half of a character, which was added with the first.
  if (point >= 0xdc00 && point <= 0xdfff) return;
  let plain = plainForms.get(point);
  if (plain === undefined) plainForms.set(point, (plain = String.fromCodePoint(point).normalize('NFKC')));
  for (let index = 0; index < plain.length; index++) add(plain.charCodeAt(index), at);
}

function merged(traces: readonly Trace[]): Trace[] {
  const result: [number, number][] = [];
  for (const [start, end] of [...traces].sort(([a], [b]) => a - b)) {
    const last = result.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}
