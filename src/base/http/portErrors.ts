export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';

  constructor(host: string, port: number) {
    super(`Port ${port} on ${host} is in use: choose another port, or 0 for any free one.`);
  }
}

export class PortRefusedError extends Error {
  override readonly name = 'PortRefusedError';

  constructor(host: string, port: number) {
    super(`No permission to listen on port ${port} on ${host}: choose a port above 1023, or 0 for any free one.`);
  }
}

export class AddressMissingError extends Error {
  override readonly name = 'AddressMissingError';

  constructor(host: string) {
    super(`This machine has no address ${host}: name one that it has, or 0.0.0.0 for all of them.`);
  }
}

/** Returns what a failure to listen on an address means. Other errors are returned as they are. */
export function listenFailure(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return new PortInUseError(host, port);
  if (code === 'EACCES') return new PortRefusedError(host, port);
  return code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' ? new AddressMissingError(host) : error;
}
