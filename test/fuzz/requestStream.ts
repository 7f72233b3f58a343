import fc from 'fast-check';
import { seededRandom } from '../../src/base/random.js';
import type { Random } from '../../src/base/random.js';
import { anyCall } from '../emulator/http/anyCall.js';
import { mutations } from './mutations.js';
import type { FuzzRequest } from './mutations.js';

const batch = 500;

/** Yields requests without end. The same seed gives the same stream. */
export function* requestStream(seed: number, token: string): Generator<FuzzRequest> {
  const random = seededRandom(seed);
  for (let at = 0; ; at++) {
    // Each list of samples has its own seed, which is derived from ours.
    for (const { target, query, headers, body } of fc.sample(anyCall, { seed: seed * 100_003 + at, numRuns: batch })) {
      const own = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const { method, path } = target;
      const call = { method, path: path + query, headers: { ...own, ...headers }, body: Buffer.from(body), made: [] };
      yield mutated(call, random);
    }
  }
}

/** Returns a request unchanged in one third of all cases, and otherwise changed in one or more ways. */
function mutated(call: FuzzRequest, random: Random): FuzzRequest {
  const names = Object.keys(mutations);
  let request = call;
  for (let count = random.integer(0, 2); count > 0; count--) {
    const name = names[random.integer(0, names.length - 1)] ?? '';
    const change = mutations[name]?.(request, random);
    request = { ...request, ...change, made: [...request.made, name] };
  }
  return request;
}
