import { ConfigAggregator, Messages, OrgConfigProperties, validateApiVersion } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/**
 * Makes the flag `--api-version`. The default of `Flags.orgApiVersion` prints a raw warning for each of our commands
 * before any of them starts, so this one has its own.
 */
export const apiVersionFlag = () => Flags.orgApiVersion({ noCacheDefault: true, default: configuredVersion });

/** Returns the version. @throws {SfError} if it is not a version */
async function configuredVersion(): Promise<string | undefined> {
  const config = await ConfigAggregator.create();
  const version = config.getPropertyValue<string>(OrgConfigProperties.ORG_API_VERSION);
  if (!version) return undefined;
  if (!validateApiVersion(version)) throw messages.createError('error.apiVersion', [version]);
  return version;
}
