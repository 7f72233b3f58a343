import type { XmlNode } from '../../../base/files/xmlNode.js';
import type { MetadataApi } from '../metadataApi.js';

/** One call of the Metadata API, by a caller whose session is valid. */
export interface SoapCall {
  readonly api: MetadataApi;
  /** Element of the call, with its parameters. */
  readonly input: XmlNode;
  readonly zipFile: string;
  readonly userId: string;
  /** API version of the endpoint. */
  readonly version: number;
}

/** Returns what is answered as `<result>`. */
export type SoapHandler = (call: SoapCall) => unknown;
