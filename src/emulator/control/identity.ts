import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Endpoint, ok } from '../http/endpoint.js';

/** Where a local org says what it is. */
export const identityPath = '/emulator';

export const Identity = z.object({
  /** Process in which the org runs. */
  pid: z.int().positive(),
  /** To the challenge that was sent. */
  answer: z.string(),
});
export type Identity = z.infer<typeof Identity>;

/**
 * What a local org answers to a challenge. It proves which program answers, not that it means well: a stub, a proxy or
 * another server on the port cannot give it by accident, whatever JSON it sends.
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
