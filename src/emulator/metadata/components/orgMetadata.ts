import type { Org } from '../../org.js';
import type { MetadataTypes } from './metadataTypes.js';
import type { OrgComponents } from './orgComponents.js';

/** The metadata of an org, and what is known about its types. */
export interface OrgMetadata {
  readonly org: Org;
  readonly types: MetadataTypes;
  readonly components: OrgComponents;
}
