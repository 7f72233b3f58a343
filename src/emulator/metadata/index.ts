import type { Endpoint, OrgRequest, OrgResponse } from '../http/orgEndpoint.js';
import type { Org } from '../org.js';
import type { MetadataServer } from './metadataServer.js';

type MetadataCall = (server: MetadataServer, request: OrgRequest) => OrgResponse | Promise<OrgResponse>;

const soap = '/services/Soap/m/:version';
const deploys = '/services/data/:version/metadata/deployRequest';

/**
 * The Metadata API, in the two protocols that the CLI uses: SOAP, and REST for deploys. Its code is loaded when it is
 * first called, because most orgs take no deploy, and start sooner without it.
 */
export function metadataEndpoints(org: Org): Endpoint[] {
  let opened: Promise<MetadataServer> | undefined;
  const served = (call: MetadataCall) => async (request: OrgRequest) => call(await (opened ??= open(org)), request);
  const answerSoap = served((server, request) => server.answerSoap(request));
  return [
    ...[soap, `${soap}/:organization`].map((path): Endpoint => {
      return { method: 'POST', path, takes: ['text/xml'], handle: answerSoap };
    }),
    {
      method: 'POST',
      path: deploys,
      takes: ['multipart/form-data', 'application/json'],
      handle: served((server, request) => server.startDeploy(request)),
    },
    { method: 'GET', path: `${deploys}/:id`, handle: served((server, request) => server.showDeploy(request)) },
    { method: 'PATCH', path: `${deploys}/:id`, handle: served((server, request) => server.cancelDeploy(request)) },
  ];
}

async function open(org: Org): Promise<MetadataServer> {
  const { MetadataServer } = await import('./metadataServer.js');
  return new MetadataServer(org);
}
