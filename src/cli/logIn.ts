import { AuthInfo } from '@salesforce/core';

/** Returns a different username for each alias, because the CLI keeps one org per username. */
export function usernameOf(alias: string): string {
  return `${alias}@local-org.example`;
}

/**
 * Stores the login as `sf org login access-token` does. The org's user must have this username, because commands look
 * it up.
 */
export async function logIn(instanceUrl: string, accessToken: string, alias: string): Promise<void> {
  const [orgId = ''] = accessToken.split('!');
  const username = usernameOf(alias);
  const authInfo = await AuthInfo.create({
    accessTokenOptions: { accessToken, instanceUrl, loginUrl: instanceUrl, username, orgId, isDevHub: false },
  });
  await authInfo.save();
  await authInfo.handleAliasAndDefaultSettings({ alias, setDefault: false, setDefaultDevHub: false });
}
