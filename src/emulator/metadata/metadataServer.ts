import type { OrgRequest, OrgResponse } from '../http/orgEndpoint.js';
import type { Org } from '../org.js';
import { openMetadataApi } from './metadataApi.js';
import type { MetadataApi } from './metadataApi.js';
import { cancelDeploy, showDeploy, startDeploy } from './rest/deployRequests.js';
import { answerSoap } from './soap/answerSoap.js';

/** Answers the calls of the Metadata API of an org. What was deployed is read once, when this is made. */
export class MetadataServer {
  readonly #api: MetadataApi;

  constructor(org: Org) {
    this.#api = openMetadataApi(org);
  }

  answerSoap(request: OrgRequest): Promise<OrgResponse> {
    return answerSoap(request, this.#api);
  }

  startDeploy(request: OrgRequest): Promise<OrgResponse> {
    return startDeploy(request, this.#api);
  }

  showDeploy(request: OrgRequest): OrgResponse {
    return showDeploy(request, this.#api);
  }

  cancelDeploy(request: OrgRequest): never {
    return cancelDeploy(request, this.#api);
  }
}
