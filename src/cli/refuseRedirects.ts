import { createRequire } from 'node:module';
import type * as request from '@jsforce/jsforce-node/lib/request.js';

/**
 * When a session has ended, `@salesforce/core` renews it and asks the org about itself, by jsforce's own transport, which
 * follows redirects with the token. From now on it does not, in this process; the rest of its settings stays the same.
 */
export function refuseRedirects(environment: NodeJS.ProcessEnv = process.env): void {
  // Of the copy that core uses, which need not be ours.
  const ofCore = createRequire(createRequire(import.meta.url).resolve('@salesforce/core'));
  // Sets its own defaults when it is loaded.
  ofCore('@jsforce/jsforce-node/lib/transport.js');
  const { setDefaults } = ofCore('@jsforce/jsforce-node/lib/request.js') as typeof request;
  const { https_proxy: https, http_proxy: http, HTTPS_PROXY, HTTP_PROXY, HTTP_TIMEOUT } = environment;
  const httpProxy = https ?? http ?? HTTPS_PROXY ?? HTTP_PROXY;
  setDefaults({
    ...(httpProxy !== undefined && { httpProxy }),
    ...(HTTP_TIMEOUT && { timeout: Number.parseInt(HTTP_TIMEOUT, 10) }),
  });
}
