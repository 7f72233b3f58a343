import { Agent, EnvHttpProxyAgent } from 'undici';
import type { Dispatcher } from 'undici';
import { withoutSecrets } from '../../base/text/withoutSecrets.js';
import { AddressError } from '../failures/addressError.js';

/** In the order in which undici reads them. */
const variables = { httpProxy: ['http_proxy', 'HTTP_PROXY'], httpsProxy: ['https_proxy', 'HTTPS_PROXY'] } as const;
const schemes = ['http:', 'https:', 'socks5:', 'socks:'];

let agent: Dispatcher | undefined;

/**
 * Returns the agent that all clients share, so that connections are reused. HTTPS_PROXY and NO_PROXY are read at first
 * use.
 *
 * @throws {AddressError} if the address of the proxy is not valid
 */
export function sharedAgent(): Dispatcher {
  agent ??= proxyAgent(process.env);
  return agent;
}

function proxyAgent(environment: NodeJS.ProcessEnv): Dispatcher {
  for (const names of Object.values(variables)) {
    const first = names.find((name) => environment[name] !== undefined);
    if (first !== undefined) mustBeAddress(first, environment[first]);
  }
  const isProxied = Object.values(variables)
    .flat()
    .some((name) => environment[name]);
  // Without a proxy, nothing has to be looked up for each request.
  return isProxied ? new EnvHttpProxyAgent({ allowH2: false }) : new Agent({ allowH2: false });
}

function mustBeAddress(variable: string, value: string | undefined): void {
  if (!value || schemes.includes(URL.parse(value)?.protocol ?? '')) return;
  // The part before "@" may be a password, with or without a scheme.
  const shown = withoutSecrets(value.replace(/^.*@/s, ''));
  throw new AddressError(
    `The environment variable ${variable} is not the address of a proxy: "${shown}". Nothing was sent.`,
    `Write it with a scheme, such as ${variable}=http://proxy.example:8080, or unset it.`,
  );
}
