import Fastify from 'fastify';
import { LoyaltyClient } from 'sf-plugin-loyalty';
import { RowRejectedError, ServiceBusyError, SqliteOutbox, SyncService } from 'sf-plugin-loyalty/sync';
import type { Transaction } from 'sf-plugin-loyalty/sync';

const { ORG_URL = '', CLIENT_ID = '', CLIENT_SECRET = '', PROGRAM = '', OUTBOX = '', PORT = '8080' } = process.env;
const client = await LoyaltyClient.connect({ instanceUrl: ORG_URL, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET });
await using outbox = await SqliteOutbox.open(OUTBOX);
const service = await SyncService.open({ client, program: PROGRAM, outbox, source: 'till' });
process.once('SIGTERM', () => void service.drain());

const statuses: Record<string, number> = { conflict: 409, refusedBefore: 422, forgotten: 200 };
const app = Fastify();
app.post<{ Body: Transaction }>('/sales', async ({ body }, reply) => {
  const result = await service.tryPush(body);
  return reply.code(statuses[result.is] ?? (result.known?.isOpen === false ? 200 : 202)).send(result);
});
app.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
  const status = error instanceof RowRejectedError ? 422 : error instanceof ServiceBusyError ? 429 : error.statusCode;
  return reply.code(status ?? 503).send({ message: error.message });
});
await app.listen({ port: Number(PORT) });
await service.ended.finally(() => app.close());
