/** Invisible characters, literal or as JSON escapes. */
const unseen = String.raw`(?:[\u00ad\u200b-\u200f\u2060\ufeff]|\\{1,2}u(?:00ad|200[b-f]|2060|feff))*`;
/** Characters that may continue a secret, in any spelling. */
const further = String.raw`(?:[\w.%+/=!-]|\\{1,2}u00[0-9a-f]{2}|&#x?[0-9a-f]+;|&excl;|${unseen.slice(0, -1)})*`;

/**
 * Returns a pattern that finds a secret even if it is cut off, in other capitals, or escaped for a URL, JSON or HTML.
 * In an access token, the part before `!` is the Id of the org, which is not secret.
 *
 * @param shortest minimum number of characters of the secret that must be present
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
