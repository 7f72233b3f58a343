import { ok, type Endpoint } from '../http/endpoint.js';
import type { Org } from '../org.js';
import { effectEndpoints } from './effects.js';
import { faultEndpoints } from './faults.js';
import { controlHeader, guarded } from './guarded.js';
import { limitEndpoints } from './limits.js';
import { sessionEndpoints } from './sessions.js';

/** What the local org can do that an org cannot, below `/emulator`. */
export function controlEndpoints(org: Org, onStop: () => void): Endpoint[] {
  return guarded([
    stopEndpoint(onStop),
    ...faultEndpoints(org.faults),
    ...effectEndpoints(org.effects),
    ...limitEndpoints(org),
    ...sessionEndpoints(org),
  ]);
}

/** Ends the org. */
function stopEndpoint(onStop: () => void): Endpoint {
  return {
    method: 'POST',
    path: '/emulator/stop',
    handle: () => {
      // After the answer has left.
      setTimeout(onStop, 10);
      return ok({ pid: process.pid });
    },
  };
}

/** Asks a local org to end. @throws NoEmulatorError when none answers there */
export async function stopEmulator(url: string): Promise<{ pid: number }> {
  try {
    const response = await fetch(new URL('/emulator/stop', url), { method: 'POST', headers: { [controlHeader]: '1' } });
    const answer: unknown = await response.json();
    if (response.ok && typeof answer === 'object' && answer && 'pid' in answer) return { pid: Number(answer.pid) };
  } catch {
    // Whatever the reason is: it is in no way our mistake, as the TypeError of fetch would say if it were the cause.
  }
  throw new NoEmulatorError(url);
}

export class NoEmulatorError extends Error {
  public override readonly name = 'NoEmulatorError';

  public constructor(url: string) {
    super(`No local org answers at ${url}. If it listens on another port, name that one.`);
  }
}
