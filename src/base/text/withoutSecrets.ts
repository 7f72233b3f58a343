import { mayHaveSecretTraces, secretTraces } from './secretTraces.js';

/** Replaces a secret. */
export const hiddenText = '(hidden)';

/** Shorter secrets are not searched for: they would match ordinary text. */
const shortestSecret = 20;
/** Longer texts are cut here, so that no secret after this place is printed. */
const longestText = 1_000_000;

/** Patterns of secrets that have a known form or follow a known name, with their replacements. */
const forms: readonly (readonly [form: RegExp, substitute: string])[] = [
  // Access tokens and session Ids begin with the Id of the org, refresh tokens with `5Aep`. Assertions are JSON Web
  // Tokens.
  [/\b00D[a-z0-9]{9,15}(?:!|%21|\\u0021|&#0*33;|&#x0*21;|&excl;)[\w.%+/=-]+/gi, hiddenText],
  [/\b5Aep[\w.!-]{16,}/g, hiddenText],
  [/\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g, hiddenText],
  [/\b(Bearer|OAuth|Basic)(\s+|%20|\+)(?=[^\s"'<>]*(?:[\d!=]|\.\w)|[^\s"'<>]{16})[^\s"'<>,;]+/gi, `$1$2${hiddenText}`],
  [
    /\b(sid|access_token|refresh_token|id_token|client_secret|assertion|sessionId|password)(\\?["']?\s*[=:]\s*\\?["']?|<?>|%3D)(?!\(hidden\))[^\s"'\\&;<>,})]+/gi,
    `$1$2${hiddenText}`,
  ],
  // User names and passwords in URLs. The user of a database is part of the commands that are printed.
  [/(?<!\bpostgres(?:ql)?:)(\/\/)[^\s/@"'<>]+@/gi, `$1${hiddenText}@`],
  [/(\bpostgres(?:ql)?:\/\/[^\s/:@"'<>]*):[^\s/@"'<>]+@/gi, `$1:${hiddenText}@`],
];

/**
 * Hides tokens, session Ids and passwords in a text, because an answer may repeat what was sent.
 *
 * @param secrets known secrets of any form
 */
export function withoutSecrets(text: string, secrets: readonly string[] = []): string {
  const known = withoutKnown(text.slice(0, longestText), secrets);
  return forms.reduce((rest, [form, substitute]) => rest.replace(form, substitute), known);
}

/** Hides only the known secrets. Meant for texts of any length that will still be parsed. */
export function withoutKnown(text: string, secrets: readonly string[]): string {
  const known = longEnough(secrets);
  if (known.length === 0) return text;
  const rest = spellingsOf(known).reduce((result, spelling) => result.replaceAll(spelling, hiddenText), text);
  const traces = secretTraces(rest, known);
  if (traces.length === 0) return rest;
  const parts: string[] = [];
  let done = 0;
  for (const [start, end] of traces) {
    parts.push(rest.slice(done, start), hiddenText);
    done = end;
  }
  return [...parts, rest.slice(done)].join('');
}

/**
 * Whether {@link withoutKnown} may change a text, or a part of it. It looks at each character once, and nearly always
 * says no.
 */
export function mayShowKnown(text: string, secrets: readonly string[]): boolean {
  const known = longEnough(secrets);
  if (known.length === 0) return false;
  return mayHaveSecretTraces(text, known) || spellingsOf(known).some((spelling) => text.includes(spelling));
}

function longEnough(secrets: readonly string[]): readonly string[] {
  return secrets.filter(({ length }) => length >= shortestSecret);
}

/** Of the latest secrets, because every answer of a session is searched for the same token. */
let latest: { readonly of: string; readonly spellings: readonly string[] } | undefined;

/** A secret as it is, and as it is in an address. */
function spellingsOf(secrets: readonly string[]): readonly string[] {
  const of = secrets.join('\n');
  if (latest?.of !== of) {
    latest = { of, spellings: [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))] };
  }
  return latest.spellings;
}
