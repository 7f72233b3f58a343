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

/** Returns the parts of an outbox, whose promises resolve only when what was changed is durable. */
export function durableParts(outbox: OutboxParts, flush: () => Promise<void>): OutboxParts {
  const parts = partNames.map((name) => [name, durable(outbox[name], flush)]);
  return Object.fromEntries(parts) as OutboxParts;
}

function durable<Part extends object>(part: Part, flush: () => Promise<void>): Part {
  return new Proxy(part, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        const result: unknown = Reflect.apply(value, target, given);
        return result instanceof Promise ? flushed(result, flush) : result;
      };
    },
  });
}

async function flushed(result: Promise<unknown>, flush: () => Promise<void>): Promise<unknown> {
  const value: unknown = await result;
  await flush();
  return value;
}
