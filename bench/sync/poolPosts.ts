/**
 * Posts the bodies in a file, one per line, as fast as undici can over as many connections, each as soon as one is free.
 * Arguments: URL of the org, file, connections. Sends the number of requests to its parent.
 */
import { readFile } from 'node:fs/promises';
import { Pool } from 'undici';

const [url = '', file = '', connections = ''] = process.argv.slice(2);
const bodies = (await readFile(file, 'utf8')).split('\n');
const pool = new Pool(url, { connections: Number(connections), allowH2: false });
const path = '/services/data/v66.0/connect/realtime/loyalty/programs/Harbour%20Rewards';
const headers = { 'content-type': 'application/json', authorization: 'Bearer 00D9z0000000001!bench' };

const remaining = bodies.values();
const postRest = async (): Promise<void> => {
  for (const body of remaining) {
    const response = await pool.request({ method: 'POST', path, headers, body });
    JSON.parse(await response.body.text());
  }
};
await Promise.all(Array.from({ length: Number(connections) }, postRest));
await pool.close();
process.send?.(bodies.length);
