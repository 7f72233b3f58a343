const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** Returns the Id of 18 characters: the last three say which of the others are capitals. Undefined if it is no Id. */
export function caseSafeId(id: string): string | undefined {
  if (!/^(?:[A-Za-z0-9]{15}|[A-Za-z0-9]{18})$/.test(id)) return undefined;
  if (id.length === 18) return id;
  return id + [0, 5, 10].map((from) => checkLetter(id.slice(from, from + 5))).join('');
}

/** The first of five characters is the lowest bit. */
function checkLetter(five: string): string {
  let bits = 0;
  for (let at = 0; at < five.length; at++) if (/[A-Z]/.test(five.charAt(at))) bits += 1 << at;
  return letters.charAt(bits);
}
