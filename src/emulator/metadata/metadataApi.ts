import type { Org } from '../org.js';
import { MetadataTypes } from './components/metadataTypes.js';
import { OrgComponents } from './components/orgComponents.js';
import type { OrgMetadata } from './components/orgMetadata.js';
import { DeployJobs } from './deploy/deployJobs.js';
import { RetrieveJobs } from './retrieve/retrieveJobs.js';

/** What both protocols of the Metadata API work with. */
export interface MetadataApi extends OrgMetadata {
  readonly deploys: DeployJobs;
  readonly retrieves: RetrieveJobs;
}

/** Opens the Metadata API of an org, when somebody first uses it. */
export function openMetadataApi(org: Org): MetadataApi {
  const types = new MetadataTypes();
  const components = OrgComponents.of(org);
  const target = { org, types, components };
  return { ...target, deploys: new DeployJobs(target), retrieves: new RetrieveJobs(target) };
}
