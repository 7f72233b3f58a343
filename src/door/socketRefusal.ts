import type { Socket } from 'node:net';

const refusals = new Map<string | undefined, readonly [status: string, code: string, message: string]>([
  [
    'HPE_HEADER_OVERFLOW',
    ['431 Request Header Fields Too Large', 'HEADERS_TOO_LARGE', 'The address and the headers are too large.'],
  ],
  [
    'ERR_HTTP_REQUEST_TIMEOUT',
    ['408 Request Timeout', 'TOO_SLOW', 'The request did not arrive in time: send it again.'],
  ],
]);
const noHttp = ['400 Bad Request', 'NOT_HTTP', 'This is not HTTP.'] as const;

/** Answers malformed HTTP, headers that are too large, and requests that do not arrive, for which there is no request. */
export function refuseSocket(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable) return;
  const [status, code, message] = refusals.get(error.code) ?? noHttp;
  const body = JSON.stringify({ error: { code, message } });
  const head = [`HTTP/1.1 ${status}`, 'connection: close', 'content-type: application/json; charset=utf-8'];
  socket.end([...head, `content-length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'));
}
