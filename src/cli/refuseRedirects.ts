import { createRequire } from 'node:module';
import type * as request from '@jsforce/jsforce-node/lib/request.js';

/**
 * Turns off redirects in jsforce's own transport for this process. When a session has ended, `@salesforce/core` renews
 * it and queries the org through that transport, which would send the token along. Its other settings do not change.
 */
export function refuseRedirects(environment: NodeJS.ProcessEnv = process.env): void {
  // The copy that core uses, which can differ from ours.
  const ofCore = createRequire(createRequire(import.meta.url).resolve('@salesforce/core'));
  // This module sets its own defaults when it is loaded.
  ofCore('@jsforce/jsforce-node/lib/transport.js');
  const { setDefaults } = ofCore('@jsforce/jsforce-node/lib/request.js') as typeof request;
  const { https_proxy: https, http_proxy: http, HTTPS_PROXY, HTTP_PROXY, HTTP_TIMEOUT } = environment;
  const httpProxy = https ?? http ?? HTTPS_PROXY ?? HTTP_PROXY;
  setDefaults({
    ...(httpProxy !== undefined && { httpProxy }),
    ...(HTTP_TIMEOUT && { timeout: Number.parseInt(HTTP_TIMEOUT, 10) }),
  });
}
