import type { FastifyReply } from 'fastify';
import type { OrgResponse } from './orgEndpoint.js';
import type { Loss } from './requestOutcome.js';

/** Breaks the connection, so the answer does not arrive. */
export function breakConnection(reply: FastifyReply, response: OrgResponse, loss: Loss): void {
  reply.hijack();
  const { raw } = reply;
  switch (loss.kind) {
    case 'hang':
      return;
    case 'close':
      raw.destroy();
      return;
    case 'reset':
      raw.socket?.resetAndDestroy();
      return;
    case 'drop':
      drop(raw, response, loss.share);
  }
}

/** Announces the whole body in `content-length` but sends only part. An answer without a body announces one byte. */
function drop(raw: FastifyReply['raw'], { status, body, headers }: OrgResponse, share: number): void {
  const whole = bytesOf(body);
  const length = Math.max(1, whole.length);
  raw.writeHead(status, { 'content-type': 'application/json;charset=UTF-8', ...headers, 'content-length': length });
  raw.flushHeaders();
  raw.write(whole.subarray(0, Math.min(Math.floor(length * share), length - 1)), () => raw.destroy());
}

function bytesOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  if (body === undefined) return Buffer.alloc(0);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
