import { createHash } from 'node:crypto';

/** Made of the id, so that a run from a seed has the same codes each time. */
export function generatedCode(id: string, length: number): string {
  const digest = createHash('sha256').update(id).digest();
  return [...digest.subarray(0, length)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
}

/** Without characters that are mistaken for one another. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
