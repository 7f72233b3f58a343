import { Readable } from 'node:stream';
import { notFound } from '../orgRefusal.js';
import type { Endpoint } from '../http/orgEndpoint.js';
import type { Effect, EffectLog } from '../store/effectLog.js';

const linesAtOnce = 1000;

/** Returns the effect log as NDJSON, oldest first: all kept effects, or those after `?after=<sequence>`. */
export function effectEndpoints(effects: EffectLog | undefined): Endpoint[] {
  return [
    {
      method: 'GET',
      path: '/emulator/effects',
      handle: ({ query }) => {
        if (!effects) throw notFound('This local org keeps no effect log: start it with the option "effects".');
        const entries = effects.after(Number(query.get('after') ?? 0) || 0);
        return {
          status: 200,
          body: Readable.from(lines(entries)),
          headers: { 'content-type': 'application/x-ndjson' },
        };
      },
    },
  ];
}

function* lines(entries: readonly Effect[]): Iterable<string> {
  for (let start = 0; start < entries.length; start += linesAtOnce) {
    const some = entries.slice(start, start + linesAtOnce);
    yield some.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  }
}
