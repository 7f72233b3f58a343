import { createHash } from 'node:crypto';

/** Returns what replaces the key of a member who has been erased. The key can be recognized, but not read. */
export function forgottenKey(key: string): string {
  return `${forgottenMark}${createHash('sha256').update(key).digest('base64url')}`;
}

/** Returns a key as a report shows it. */
export function shownKey(key: string): string {
  return key.startsWith(forgottenMark) ? `erased ${key.slice(forgottenMark.length)}` : key;
}

/** No other key begins with a control character, because the org could strip it. */
export const forgottenMark = '\u0000';
