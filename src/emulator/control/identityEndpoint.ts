import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ok } from '../http/orgEndpoint.js';
import type { Endpoint } from '../http/orgEndpoint.js';

/** The resource with which a local org identifies itself. */
export const identityPath = '/emulator';

export const Identity = z.object({
  /** Id of the process in which the org runs. */
  pid: z.int().positive(),
  /** Answer to the challenge. */
  answer: z.string(),
});
export type Identity = z.infer<typeof Identity>;

/**
 * Computes a local org's answer to a challenge. It proves which program answers, but not that the program can be
 * trusted: a stub, a proxy or another server on the port cannot send this answer by accident.
 */
export function answerTo(challenge: string): string {
  return createHash('sha256').update(`sf-plugin-loyalty local org ${challenge}`).digest('hex');
}

/** `GET /emulator?challenge=<text>` */
export function identityEndpoint(): Endpoint {
  return {
    method: 'GET',
    path: identityPath,
    handle: ({ query }) => ok({ pid: process.pid, answer: answerTo(query.get('challenge') ?? '') } satisfies Identity),
  };
}
