/** Prints how far members are while their purchases are delivered: `HR-0042: 75 %, two to go (Ten cups, one free)`. */
import { LoyaltyClient } from 'sf-plugin-loyalty';
import { loadMapping, openFeed, SqliteOutbox, SyncService } from 'sf-plugin-loyalty/sync';
import type { MemberProgress } from 'sf-plugin-loyalty/sync';

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
await using service = await SyncService.open({
  client,
  program: PROGRAM,
  outbox,
  source: mapping.source,
  memberProgress: {
    onProgress: (changed) => {
      for (const each of changed) console.log(sentence(each));
    },
  },
});
// A till calls `service.push(purchase)` instead.
await service.feed(await openFeed(FEED, mapping));

function sentence({ member, percent, toGo, promotionName }: MemberProgress): string {
  if (percent === null || toGo === null) return `${member}: no target (${promotionName})`;
  const left = toGo === 0 ? 'reached' : `${inWords(toGo)} to go`;
  return `${member}: ${Math.floor(percent)} %, ${left} (${promotionName})`;
}

function inWords(count: number): string {
  const words = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
  return words[count] ?? String(count);
}
