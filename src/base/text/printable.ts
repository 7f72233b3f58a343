/**
 * What a terminal would obey and a person would not see: control characters (C0, DEL, C1), characters that turn the
 * direction of text or have no width, line and paragraph separators, halves of characters.
 */
const hidden = String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]`;
/** Joiners and variation selectors belong to the character before them, as in emoji, Persian or Hindi. */
const joining = String.raw`(?<=[^\x00-\x7f])[\p{Join_Control}\p{Variation_Selector}]`;
const pattern = new RegExp(`(?:(?!${joining})${hidden})`, 'gu');

const short: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` };

/** Text as one line that does nothing to a terminal. What it would obey is shown: `\x1b`, `\u009b`, `\n`. */
export function printable(text: string): string {
  return text.replace(pattern, (character) => short[character] ?? escaped(character.codePointAt(0) ?? 0));
}

/** As `printable`, with its lines. Those after the first are set in, so that none looks like a line of ours. */
export function printableLines(text: string): string {
  const [first = '', ...others] = text.split(/\r?\n/).map(printable);
  return [first, ...others.map((line) => (line === '' ? line : `    ${line}`))].join('\n');
}

/** JSON of the same value that does nothing to a terminal. Colors that were put around its tokens stay. */
export function printableJson(json: string): string {
  return json.replace(pattern, (character) => {
    // Those below U+0020 are no part of a string here: white space and colors.
    if (character < ' ') return character;
    return Array.from({ length: character.length }, (_, index) => unit(character.charCodeAt(index))).join('');
  });
}

/** Whether `printable` would show it as it is. */
export function isPrintable(text: string): boolean {
  return printable(text) === text;
}

function escaped(code: number): string {
  if (code < 0x80) return `\\x${hex(code, 2)}`;
  return code > 0xffff ? `\\u{${hex(code, 4)}}` : unit(code);
}

function unit(code: number): string {
  return `\\u${hex(code, 4)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
