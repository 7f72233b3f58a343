import { AuthInfo } from '@salesforce/core';

/** Stores the login as `sf org login access-token` does, under a username of its own: local orgs share theirs. */
export async function logIn(instanceUrl: string, accessToken: string, alias: string): Promise<void> {
  const [orgId = ''] = accessToken.split('!');
  const username = `${alias}@local-org.example`;
  const authInfo = await AuthInfo.create({
    accessTokenOptions: { accessToken, instanceUrl, loginUrl: instanceUrl, username, orgId, isDevHub: false },
  });
  await authInfo.save();
  await authInfo.handleAliasAndDefaultSettings({ alias, setDefault: false, setDefaultDevHub: false });
}
