/**
 * Record ids. The first three characters are the object's key prefix. The last three of the 18-character form tell
 * which of the 15 characters before them are upper case, so the id stays unique for readers that ignore case.
 */

const suffixAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const upperA = 65;
const upperZ = 90;
const idForm = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;

/** Whether the text has the length and characters of an id. Does not check its object. */
export function isId(text: string): boolean {
  return idForm.test(text);
}

/** Returns the 18-character form of a 15-character id, and any other text unchanged. */
export function to18(id: string): string {
  return id.length === 15 ? id + suffixOf(id) : id;
}

/** `0lV9z000000001AEAQ` → `0lV` */
export function keyPrefixOf(id: string): string {
  return id.slice(0, 3);
}

function suffixOf(id: string): string {
  let suffix = '';
  for (let start = 0; start < 15; start += 5) {
    let bits = 0;
    for (let index = 0; index < 5; index++) {
      const code = id.charCodeAt(start + index);
      if (code >= upperA && code <= upperZ) bits |= 1 << index;
    }
    suffix += suffixAlphabet.charAt(bits);
  }
  return suffix;
}
