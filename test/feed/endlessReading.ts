/** A separate process that reads a row whose expression never ends, and prints the process that evaluates it. */
import type { ChildProcess } from 'node:child_process';
import diagnostics from 'node:diagnostics_channel';
import { csvFeed, endedGroupsInMemory, parseMapping } from '../../src/feed/index.js';

const mapping = parseMapping(
  `{ source: s, key: Id, member: Id, skip: '$contains(Id, /^(a+)+$/)',
     journal: { ActivityDate: Id, JournalTypeName: Id } }`,
  'map.yml',
);

diagnostics.subscribe('child_process', (message) => {
  const { process: child } = message as { process: ChildProcess };
  // It answers "ready" when it has the expressions. The request after that never ends.
  child.once('message', () => process.nextTick(() => console.log(child.pid)));
});

async function* rows(): AsyncIterable<string> {
  yield `Id\n${'a'.repeat(60)}!\n`;
}

const reading = csvFeed(rows(), mapping).read({
  endedGroups: endedGroupsInMemory(),
  expressionLimits: { seconds: 3600 },
});
for await (const stretch of reading) console.log(stretch.entries);
