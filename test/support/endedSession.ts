import { AuthInfo } from '@salesforce/core';
import type { OAuth2Config } from '@salesforce/core';
import { orgClient } from '../../src/cli/orgClient.js';
import { TargetOrg } from '../../src/cli/targetOrg.js';

/**
 * A separate process with its own home folder. It stores a login with a refresh token; then the session ends, and a
 * command sends a request.
 */
const loginUrl = process.env['ORG'] ?? '';
const username = 'sync@example.com';
const oauth2Options = {
  refreshToken: '5AepREFRESH',
  clientId: 'app',
  clientSecret: 'secret',
  loginUrl,
} as OAuth2Config;
const info = await AuthInfo.create({ username, oauth2Options });
await info.save();
await fetch(`${loginUrl}/end-of-session`);
const client = await orgClient({ 'target-org': await TargetOrg.open(username), 'api-version': '66.0' });
const name = await client.programs.list().then(
  () => 'listed',
  (error: unknown) => (error instanceof Error ? error.name : String(error)),
);
console.log(JSON.stringify({ name }));
process.exit(0);
