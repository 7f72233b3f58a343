import type { Outbox } from '../outbox.js';

/** The parts of an outbox that have methods of their own. */
const partNames = [
  'runs',
  'intake',
  'sources',
  'delivery',
  'deadLetters',
  'calls',
  'bulkJobs',
  'increments',
  'followed',
  'enrollments',
] as const satisfies readonly (keyof Outbox)[];

export type OutboxParts = Pick<Outbox, (typeof partNames)[number]>;

/** A copy of an outbox, and how what was changed in it is made durable. */
export interface ChangingCopy {
  readonly outbox: OutboxParts;
  readonly flush: () => Promise<void>;
}

/**
 * Returns the parts of an outbox, whose promises resolve only when what was changed is durable.
 * @param present the copy at that moment: it is replaced when the outbox is read again
 */
export function durableParts(present: () => ChangingCopy): OutboxParts {
  const parts = partNames.map((name) => [name, durable(name, present)]);
  return Object.fromEntries(parts) as OutboxParts;
}

function durable(part: keyof OutboxParts, present: () => ChangingCopy): object {
  return new Proxy(
    {},
    {
      get(_target, name) {
        // Whoever awaits the part asks for its `then`.
        if (typeof Reflect.get(present().outbox[part], name) !== 'function') return undefined;
        return (...given: unknown[]) => {
          const { outbox, flush } = present();
          const method = Reflect.get(outbox[part], name) as (...values: unknown[]) => unknown;
          const result = Reflect.apply(method, outbox[part], given);
          return result instanceof Promise ? flushed(result, flush) : result;
        };
      },
    },
  );
}

async function flushed(result: Promise<unknown>, flush: () => Promise<void>): Promise<unknown> {
  const value: unknown = await result;
  await flush();
  return value;
}
