/** Runs the example of a queue consumer until its queue is empty. The queue is in the process that started this one. */
import { once } from 'node:events';
import { LoyaltyClient } from 'sf-plugin-loyalty';
import { SqliteOutbox, SyncService } from 'sf-plugin-loyalty/sync';
import type { Transaction } from 'sf-plugin-loyalty/sync';
import { consume } from '../../examples/queue-consumer.js';

const { ORG_URL = '', PROGRAM = '', OUTBOX = '' } = process.env;

async function ask(question: object): Promise<unknown> {
  const answered = once(process, 'message');
  process.send?.(question);
  const [answer] = await answered;
  return answer;
}

const client = await LoyaltyClient.connect({ instanceUrl: ORG_URL, clientId: 'test', clientSecret: 'test' });
await using outbox = await SqliteOutbox.open(OUTBOX);
// Nothing leaves before the end, so that a kill finds nothing in progress.
await using service = await SyncService.open({ client, program: PROGRAM, outbox, source: 'till', flushAfter: 60_000 });
await consume(
  {
    receive: async () => {
      const message = (await ask({ type: 'receive' })) as { id?: number; body: Transaction };
      const { id, body } = message;
      if (id === undefined) return undefined;
      return {
        body,
        acknowledge: async () => {
          await ask({ type: 'acknowledge', id, is: (await service.outcome(body.key))?.is });
        },
        reject: async (reason) => {
          await ask({ type: 'reject', id, reason });
        },
      };
    },
  },
  service,
);
await service.drain();
process.disconnect();
