import { LoyaltyClient } from 'sf-plugin-loyalty';
import { exitCode, loadMapping, openFeed, SqliteOutbox, startSync } from 'sf-plugin-loyalty/sync';

const {
  ORG_URL = '',
  CLIENT_ID = '',
  CLIENT_SECRET = '',
  PROGRAM = '',
  FEED = '',
  MAPPING = '',
  OUTBOX = '',
} = process.env;

const client = await LoyaltyClient.connect({ instanceUrl: ORG_URL, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET });
const mapping = await loadMapping(MAPPING);
await using outbox = await SqliteOutbox.open(OUTBOX);

const report = await startSync({
  client,
  program: PROGRAM,
  outbox,
  feeds: [await openFeed(FEED, mapping)],
  source: mapping.source,
});
console.log(report.counts);
process.exitCode = exitCode(report);
