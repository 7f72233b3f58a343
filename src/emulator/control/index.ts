import { ApiError } from '../apiError.js';
import { ok, type Endpoint } from '../http/endpoint.js';

/**
 * A page of some website that is open in a browser on this machine can send simple requests here, but no header of its
 * own: so whoever sends this one is no page.
 */
const controlHeader = 'x-emulator-control';

/** What the local org can do that an org cannot: end itself. */
export function controlEndpoints(onStop: () => void): Endpoint[] {
  return [
    {
      method: 'POST',
      path: '/emulator/stop',
      handle: ({ headers }) => {
        if (headers[controlHeader] === undefined) {
          throw new ApiError(403, 'FORBIDDEN', `Send the header ${controlHeader} to stop the local org.`);
        }
        // After the answer has left.
        setTimeout(onStop, 10);
        return ok({ pid: process.pid });
      },
    },
  ];
}

/** Asks a local org to end. @throws NoEmulatorError when none answers there */
export async function stopEmulator(url: string): Promise<{ pid: number }> {
  try {
    const response = await fetch(new URL('/emulator/stop', url), { method: 'POST', headers: { [controlHeader]: '1' } });
    const answer: unknown = await response.json();
    if (response.ok && typeof answer === 'object' && answer && 'pid' in answer) return { pid: Number(answer.pid) };
  } catch (error) {
    throw new NoEmulatorError(url, { cause: error });
  }
  throw new NoEmulatorError(url);
}

export class NoEmulatorError extends Error {
  public override readonly name = 'NoEmulatorError';

  public constructor(url: string, options?: ErrorOptions) {
    super(`No local org answers at ${url}. If it listens on another port, name that one.`, options);
  }
}
