import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bodyJson } from './bodyJson.js';
import type { DoorGate } from './doorGate.js';
import { DoorRefusal } from './doorRefusal.js';
import { draining } from './pushAnswer.js';
import { pushAll } from './pushRequest.js';
import type { PushRules } from './pushRequest.js';

export interface DoorState extends PushRules {
  readonly gate: DoorGate;
  readonly isClosing: () => boolean;
}

/** Everything that only those may ask who are admitted. */
export async function addRoutes(app: FastifyInstance, state: DoorState): Promise<void> {
  const { gate, service } = state;
  app.addHook('onRequest', async ({ headers }) => {
    gate.admit(headers);
    if (state.isClosing()) throw draining();
    const coding = headers['content-encoding'] ?? 'identity';
    if (coding === 'identity') return;
    throw new DoorRefusal(415, 'COMPRESSED', `A body with Content-Encoding: ${coding} is not taken: send it as it is.`);
  });
  app.addHook('preHandler', async ({ headers, body, raw }) => {
    gate.admitSigned(headers, body instanceof Buffer && body.length > 0 ? body : (raw.url ?? ''));
  });
  app.post('/transactions', async ({ body }, reply) => {
    const answer = await pushAll(bodyJson(body as Buffer | undefined), state);
    return reply.code(answer.status).headers(answer.headers).send(answer.body);
  });
  app.get<{ Params: { key: string } }>('/transactions/:key', async ({ params }) => {
    const outcome = await service.outcome(params.key);
    if (outcome) return outcome;
    const message = 'The outbox does not know this key. A key begins with the source and a colon, and is URL-encoded.';
    throw new DoorRefusal(404, 'UNKNOWN_KEY', message);
  });
}

/** What a process supervisor and a load balancer ask. It tells nothing about transactions. */
export function addHealth(app: FastifyInstance, { service, isClosing }: DoorState): void {
  app.get('/health', () => ({ status: 'alive' }));
  app.get('/ready', (_request, reply) => {
    const status = service.closed || isClosing() ? 'ending' : service.canPush ? 'ready' : 'busy';
    return reply.code(status === 'ready' ? 200 : 503).send({ status });
  });
}

const methods: Readonly<Record<string, string>> = { '/transactions': 'POST', '/health': 'GET', '/ready': 'GET' };

const withKey = /^\/transactions\/./;

export function refuseUnknown({ raw, method }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [path = ''] = (raw.url ?? '').split('?', 1);
  const allowed = methods[path] ?? (withKey.test(path) ? 'GET' : undefined);
  if (allowed === undefined || allowed === method) {
    const message = allowed
      ? 'This is not the path of a key: URL-encode the key, with %2F for a slash. It may have 4,096 characters then.'
      : 'There is POST /transactions, GET /transactions/{key}, GET /health and GET /ready.';
    return reply.code(404).send({ error: { code: 'NOT_FOUND', message } });
  }
  const message = `Here only ${allowed} is possible.`;
  return reply
    .code(405)
    .header('allow', allowed)
    .send({ error: { code: 'METHOD_NOT_ALLOWED', message } });
}
