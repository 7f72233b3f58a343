/**
 * `npm run test:simulation -- 10000 1 level0`: how many histories, the first seed, and the kind. Without a kind, the
 * kinds take turns. Ends with 1 at the first history in which a law is broken.
 */
import { fileURLToPath } from 'node:url';
import { runJobs } from '../../support/jobPool.js';
import { wholeNumbers } from '../../support/wholeNumbers.js';
import { Marks } from '../org/marks.js';
import { historyKinds, kindNames, kindOf, repeatCommand } from './historyKinds.js';
import type { KindName } from './historyKinds.js';
import type { HistoryJob } from './historyProcess.js';

const args = process.argv.slice(2);
const [count = 10_000, first = 1] = wholeNumbers(args.slice(0, 2));
const [, , only] = args;
const program = fileURLToPath(new URL('./historyProcess.ts', import.meta.url));
const started = performance.now();
const told = new Map<KindName, number>();
const marks = new Map(kindNames.map((kind) => [kind, new Marks()]));

function* jobs(): Iterable<HistoryJob> {
  for (let seed = first; seed < first + count; seed++) {
    yield { seed, kind: chosenKind() ?? kindOf(seed) };
  }
}

function chosenKind(): KindName | undefined {
  if (only === undefined) return undefined;
  const kind = kindNames.find((each) => each === only);
  if (!kind) throw new Error(`"${only}" is none of ${kindNames.join(', ')}.`);
  return kind;
}

/** Throws if a required case did not occur in enough histories. Otherwise they prove nothing about it. */
function mustHaveMetAll(): void {
  for (const [kind, histories] of told) {
    const { enough, required } = historyKinds[kind];
    if (histories >= enough) marks.get(kind)?.expectAll(required, Math.max(1, Math.floor(histories / enough / 2)));
  }
}

chosenKind();
const failure = await runJobs({
  program,
  jobs: jobs(),
  onResult: (result, { kind }) => {
    told.set(kind, (told.get(kind) ?? 0) + 1);
    marks.get(kind)?.add(result as Readonly<Record<string, number>>);
    const sum = [...told.values()].reduce((total, each) => total + each, 0);
    if (sum % 1000 === 0) console.log(`${sum} histories`);
  },
});
const kinds = kindNames.flatMap((kind) => (told.has(kind) ? `${told.get(kind)} ${kind}` : [])).join(', ');
if (failure) {
  const { seed, kind } = failure.job;
  console.log(`${failure.message}\nFailed after ${kinds}. To repeat it: ${repeatCommand(seed, kind)}`);
} else {
  mustHaveMetAll();
  console.log(`All laws hold in ${kinds} histories, ${Math.round((performance.now() - started) / 1000)} s`);
}
process.exitCode = failure ? 1 : 0;
