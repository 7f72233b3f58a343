const quote = 0x22;
const backslash = 0x5c;
/** This bit turns `[` into `{`, and `]` into `}`. */
const bit = 0x20;
const opening = 0x7b;
const closing = 0x7d;

/**
 * Returns whether a JSON text nests lists and objects deeper than this many levels. Recursive code would overflow the
 * stack.
 */
export function isNestedDeeper(text: string, levels: number): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isText) {
      if (code === backslash) at += 1;
      else if (code === quote) isText = false;
    } else if (code === quote) isText = true;
    else if ((code | bit) === opening && ++depth > levels) return true;
    else if ((code | bit) === closing) depth -= 1;
  }
  return false;
}
