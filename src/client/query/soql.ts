/** Characters with a special meaning inside a SOQL literal. Guide: "Quoted String Escape Sequences". */
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** Returns a value as a SOQL literal, with its quotes: `O'Hara` becomes `'O\'Hara'`. */
export function soqlText(value: string): string {
  return `'${escaped(value)}'`;
}

/** Returns a LIKE pattern for everything that begins with `prefix`. In it, `%` and `_` have no special meaning. */
export function soqlPrefix(prefix: string): string {
  return `'${escaped(prefix).replace(/[%_]/g, '\\$&')}%'`;
}

/**
 * The org refuses a URL that is longer than 16,384 bytes together with the headers. Half is left for the token (a JWT
 * may take 4 KB), the other headers and the rest of the query. Guide: "Status Codes and Error Responses" (414, 431).
 */
const listBudget = 8192;

/**
 * Returns `IN` lists such as `('a','b')` with all values, each once. A list is at most `maxBytes` long when
 * percent-encoded. A single value that is longer still gets its own list.
 */
export function inLists(values: Iterable<string>, maxBytes = listBudget): string[] {
  const lists: string[][] = [];
  let free = 0;
  for (const value of new Set(values)) {
    const literal = soqlText(value);
    const size = encodedSoql(`${literal},`).length;
    if (size > free) {
      lists.push([]);
      free = maxBytes - encodedSoql('()').length;
    }
    lists.at(-1)?.push(literal);
    free -= size;
  }
  return lists.map((literals) => `(${literals.join(',')})`);
}

/**
 * Encodes a query for the URL. The apostrophe is encoded here, because the URL parser would do it anyway. A lone
 * surrogate, which no URL can hold, becomes U+FFFD. No text of the org has that character, so nothing is found.
 */
export function encodedSoql(soql: string): string {
  return encodeURIComponent(soql.toWellFormed()).replaceAll("'", '%27');
}

function escaped(value: string): string {
  return value.replace(/[\\'\n\r\t\b\f]/g, (character) => escapes[character] ?? character);
}
