/**
 * A consumer of a queue that delivers each message at least once, such as SQS, Pub/Sub or RabbitMQ. A message is
 * acknowledged after `push` has resolved: from then on the transaction is on disk, and the next service on the same
 * outbox delivers it, whatever happens to this process. A message that comes again is known by its key.
 */
import { RowRejectedError } from 'sf-plugin-loyalty/sync';
import type { SyncService, Transaction } from 'sf-plugin-loyalty/sync';

/** A message that nobody else gets until its time is over, or it is acknowledged. */
export interface Message {
  readonly body: Transaction;
  acknowledge(): Promise<void>;
  /** Puts the message where a person looks at it. */
  reject(reason: string): Promise<void>;
}

export interface MessageQueue {
  /** Resolves with the next message, or with undefined when there will be no more. */
  receive(): Promise<Message | undefined>;
}

/**
 * Consumes messages one after the other, so that those of a member stay in their order. Start it several times to go
 * faster if the queue keeps messages of one member together.
 */
export async function consume(queue: MessageQueue, service: SyncService): Promise<void> {
  for (let message = await queue.receive(); message; message = await queue.receive()) {
    try {
      // Waits while too much is open: what is not received stays in the queue.
      const { is } = await service.push(message.body);
      if (is === 'conflict' || is === 'refusedBefore') await message.reject(is);
      else await message.acknowledge();
    } catch (error) {
      // Anything else, such as a full disk or a service that has ended, is no fault of the message. It comes again.
      if (!(error instanceof RowRejectedError)) throw error;
      await message.reject(error.message);
    }
  }
}
