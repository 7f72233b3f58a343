/** Characters that nobody sees, as they are or as JSON escapes them. */
const unseen = String.raw`(?:[\u00ad\u200b-\u200f\u2060\ufeff]|\\{1,2}u(?:00ad|200[b-f]|2060|feff))*`;
/** What a secret may go on with, in any spelling. */
const further = String.raw`(?:[\w.%+/=!-]|\\{1,2}u00[0-9a-f]{2}|&#x?[0-9a-f]+;|&excl;|${unseen.slice(0, -1)})*`;

/**
 * Finds a secret also where it is cut, spelled in other capitals, or written as an address, JSON or HTML escapes it. Of an
 * access token, the part in front of `!` is the Id of the org and no secret.
 *
 * @param shortest how much of the secret must stand there
 */
export function spelledSecret(secret: string, shortest: number): RegExp {
  const secretPart = secret.slice(secret.indexOf('!') + 1);
  const beginning = Array.from(secretPart.slice(0, shortest), spellings).join(unseen);
  return new RegExp(beginning + further, 'gi');
}

function spellings(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16).padStart(2, '0');
  return String.raw`(?:${literal(character)}|%${hex}|\\{1,2}u00${hex}|&#0*${code};|&#x0*${hex};)`;
}

function literal(character: string): string {
  return character.replace(/[\^$\\.*+?()[\]{}|/]/, String.raw`\$&`);
}
