import { ConfigAggregator, Messages, OrgConfigProperties, validateApiVersion } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/**
 * As `Flags.orgApiVersion`, whose default warns of itself, as it is and once for each command, before any command of
 * ours begins.
 */
export const apiVersionFlag = () => Flags.orgApiVersion({ noCacheDefault: true, default: configuredVersion });

/** @throws {SfError} for what is no version */
async function configuredVersion(): Promise<string | undefined> {
  const config = await ConfigAggregator.create();
  const version = config.getPropertyValue<string>(OrgConfigProperties.ORG_API_VERSION);
  if (!version) return undefined;
  if (!validateApiVersion(version)) throw messages.createError('error.apiVersion', [version]);
  return version;
}
