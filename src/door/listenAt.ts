import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { listenFailure } from '../base/http/portErrors.js';

/**
 * Listens, and returns the address, such as `http://127.0.0.1:8367`.
 * @throws {PortInUseError} when another process listens on the port
 * @throws {PortRefusedError} when the user has no permission for the port
 * @throws {AddressMissingError} when this machine does not have the address
 */
export async function listenAt(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw listenFailure(error, host, port);
  }
  const { address, family, port: actual } = app.server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`;
}
