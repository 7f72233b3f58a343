/**
 * Record ids. The first three characters are the object's key prefix; the last three of the 18-character form say which
 * of the 15 before them are upper case, so that the id survives a reader that ignores case.
 */

const suffixAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const upperA = 65;
const upperZ = 90;
const idForm = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;

/** Has the length and the letters of an id. Says nothing about its object. */
export function isId(text: string): boolean {
  return idForm.test(text);
}

/** The 18-character form of a 15-character id; anything else comes back as it is. */
export function to18(id: string): string {
  return id.length === 15 ? id + suffixOf(id) : id;
}

/** `0lV` of `0lV9z000000001AEAQ`. */
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
