/**
 * Characters that control a terminal or that a person cannot see: control characters (C0, DEL, C1), characters that
 * change the direction of text or have no width, line and paragraph separators, and lone surrogates.
 */
const hidden = String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]`;
/** Joiners and variation selectors belong to the character before them, as in emoji, Persian or Hindi. */
const joining = String.raw`(?<=[^\x00-\x7f])[\p{Join_Control}\p{Variation_Selector}]`;
const pattern = new RegExp(`(?:(?!${joining})${hidden})`, 'gu');

const short: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` };

/**
 * Returns the text as one line that cannot control a terminal. Hidden characters are escaped: `\x1b`, `\u009b`, `\n`.
 */
export function printable(text: string): string {
  return text.replace(pattern, (character) => short[character] ?? escaped(character.codePointAt(0) ?? 0));
}

/** Like `printable`, but keeps the lines. All but the first are indented, so that none looks like a line of ours. */
export function printableLines(text: string): string {
  const [first = '', ...others] = text.split(/\r?\n/).map(printable);
  return [first, ...others.map((line) => (line === '' ? line : `    ${line}`))].join('\n');
}

/** Returns JSON of the same value that cannot control a terminal. Colors that were put around its tokens stay. */
export function printableJson(json: string): string {
  return json.replace(pattern, (character) => {
    // Within JSON strings these are always escaped, so they are white space or colors.
    if (character < ' ') return character;
    return Array.from({ length: character.length }, (_, index) => unit(character.charCodeAt(index))).join('');
  });
}

/** Returns whether `printable` would leave the text unchanged. */
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
