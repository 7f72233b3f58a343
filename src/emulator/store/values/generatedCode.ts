import { createHash } from 'node:crypto';

/** Derives the code from the id, so an org with the same seed always has the same codes. */
export function generatedCode(id: string, length: number): string {
  const digest = createHash('sha256').update(id).digest();
  return [...digest.subarray(0, length)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
}

/** Leaves out characters that look alike. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
