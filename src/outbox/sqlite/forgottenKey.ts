import { createHash } from 'node:crypto';

/** Replaces the key of a member who has been erased: it can be recognized, but not read. */
export function forgottenKey(key: string): string {
  return `${forgottenMark}${createHash('sha256').update(key).digest('base64url')}`;
}

/** As a report shows it. */
export function shownKey(key: string): string {
  return key.startsWith(forgottenMark) ? `erased ${key.slice(forgottenMark.length)}` : key;
}

/** No key begins with a control character: the org could strip it. */
export const forgottenMark = '\u0000';
