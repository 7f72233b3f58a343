import type { ServerLog } from './answeringServer.js';
import { message, start } from '../processes.js';

export interface ServerOptions {
  /** Milliseconds that each answer takes. Default 0. */
  readonly latency?: number;
  /** How many bodies of journals to keep. Default: few. */
  readonly bodies?: number;
}

export interface RunningServer {
  readonly url: string;
  log(): Promise<ServerLog>;
  /** The bodies of the first requests with journals, one per line. */
  bodies(): Promise<string>;
}

/** Starts a server that only answers, for as long as the work takes. */
export async function withServer<T>(
  { latency = 0, bodies = 0 }: ServerOptions,
  work: (server: RunningServer) => Promise<T>,
): Promise<T> {
  const server = start('sync/answeringServer.ts', [String(latency), String(bodies)]);
  try {
    const url = `http://127.0.0.1:${await message<number>(server)}`;
    const text = async (path: string): Promise<string> => (await fetch(url + path)).text();
    return await work({
      url,
      log: async () => JSON.parse(await text('/log')) as ServerLog,
      bodies: () => text('/bodies'),
    });
  } finally {
    server.disconnect();
  }
}
