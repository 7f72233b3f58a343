/** A text without its escapes, with the position in the original of each of its code units. */
export interface DecodedText {
  readonly text: string;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Escapes within escapes that are undone. */
const mostRounds = 4;

const escapes = new RegExp(
  [
    '%(?<percent>[0-9a-f]{2})',
    '&#0{0,9}(?<decimal>[0-9]{1,7});?',
    '&#x0{0,9}(?<reference>[0-9a-f]{1,6});?',
    '&(?<name>[a-z][a-z0-9]{1,30});',
    String.raw`\\{1,16}u(?<unit>[0-9a-f]{4})`,
    String.raw`\\{1,16}u\{0{0,9}(?<point>[0-9a-f]{1,6})\}`,
    String.raw`\\{1,16}x(?<byte>[0-9a-f]{2})`,
    String.raw`\\{1,16}(?<octal>[0-3][0-7]{2})`,
    String.raw`\\{1,16}(?<space>[nrtbfv])`,
  ].join('|'),
  'gi',
);
/** Those by which other escapes begin. What else has a name is no letter and no digit. */
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  percnt: '%',
  bsol: '\\',
  num: '#',
  semi: ';',
};
const tags = /<[^<>]{1,200}>/g;

/** Undoes the escapes of addresses, HTML, JSON and JavaScript, also within each other. */
export function decoded(text: string, offset: number): DecodedText {
  let result: DecodedText = { text, starts: counting(offset, text.length), ends: counting(offset + 1, text.length) };
  for (let round = 0; round < mostRounds; round++) {
    const next = replaced(result, escapes, decodedEscape);
    if (next.text.length === result.text.length) break;
    result = next;
  }
  return result;
}

/** Without the tags of HTML and XML. */
export function withoutTags(from: DecodedText): DecodedText {
  return replaced(from, tags, () => '');
}

function decodedEscape(groups: Readonly<Record<string, string | undefined>>): string {
  const { percent, decimal, reference, name, unit, point, byte, octal } = groups;
  if (name !== undefined) return named[name.toLowerCase()] ?? ' ';
  if (decimal !== undefined) return character(Number(decimal));
  if (octal !== undefined) return character(parseInt(octal, 8));
  const hex = percent ?? reference ?? unit ?? point ?? byte;
  return hex === undefined ? ' ' : character(parseInt(hex, 16));
}

function counting(from: number, length: number): Uint32Array {
  const numbers = new Uint32Array(length);
  for (let index = 0; index < length; index++) numbers[index] = from + index;
  return numbers;
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}

/** No substitute is longer than what it takes the place of. */
function replaced(
  { text, starts, ends }: DecodedText,
  pattern: RegExp,
  substitute: (groups: Readonly<Record<string, string | undefined>>) => string,
): DecodedText {
  const parts: string[] = [];
  const newStarts = new Uint32Array(text.length);
  const newEnds = new Uint32Array(text.length);
  let length = 0;
  let done = 0;
  const keepUpTo = (end: number): void => {
    parts.push(text.slice(done, end));
    newStarts.set(starts.subarray(done, end), length);
    newEnds.set(ends.subarray(done, end), length);
    length += end - done;
  };
  for (const match of text.matchAll(pattern)) {
    keepUpTo(match.index);
    done = match.index + match[0].length;
    const put = substitute(match.groups ?? {});
    parts.push(put);
    newStarts.fill(starts[match.index] ?? 0, length, length + put.length);
    newEnds.fill(ends[done - 1] ?? 0, length, length + put.length);
    length += put.length;
  }
  keepUpTo(text.length);
  return { text: parts.join(''), starts: newStarts, ends: newEnds };
}
