/**
 * Escapes all characters of JSON that a database of another encoding than UTF-8 cannot store, and NUL, which none can. It
 * stays the same JSON.
 */
export function asciiText(json: string): string {
  return json.replaceAll(/[^\x20-\x7e\t\n\r]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
