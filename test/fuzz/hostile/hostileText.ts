import type { Random } from '../../../src/base/random.js';

/** Texts that harm a reader who prints, pastes, opens or trusts them. */
const hostile: readonly string[] = [
  '\u001b[2J\u001b[1;1Hcleared',
  '\u001b]0;owned\u0007title',
  '\u001b]8;;http://evil.invalid\u0007link\u001b]8;;\u0007',
  '\u009b31mred',
  '\u009d0;owned\u009c',
  'a\u0000b',
  'a\u0007\u0008\u007fb',
  'line\r\nbroken',
  'over\rwritten',
  '\u202egnp.exe',
  '\u2066\u2069\u200b\u200f',
  '\ufeffmark',
  '=1+1',
  '\n=1+1',
  '+cmd|calc!A1',
  '@SUM(A1)',
  '\t=1',
  "x;=cmd|' /C calc'!A0",
  '$(touch PWNED)',
  '`touch PWNED`',
  '"; touch PWNED; "',
  "'; touch PWNED; '",
  '--flags-dir=/',
  '../../../PWNED',
  '/etc/PWNED',
  '__proto__',
  'constructor',
  '%s%n%d%j%o',
  '{{constructor.constructor("return process")()}}',
  '<script>alert(1)</script>',
  "' OR Name != '",
  '\\',
  '\ud800',
  '💥'.repeat(500),
  'x'.repeat(70_000),
  ' ',
  '',
  '-0',
  '1e999',
  'NaN',
  '9'.repeat(400),
  '2026-01-01T24:00:00Z',
  '+275760-09-14T00:00:00Z',
];

/** Returns one of them, or several in a row. */
export function hostileText(random: Random): string {
  const text = pick(random, hostile);
  return random.next() < 0.2 ? text + hostileText(random) : text;
}

export function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random.next() * values.length)];
  if (value === undefined) throw new Error('Nothing to choose from.');
  return value;
}
