import { rm } from 'node:fs/promises';
import { makeFolder } from '../../base/files/makeFolder.js';
import { mustTakeFile } from '../../base/files/replaceFile.js';
import { definedValues } from '../../base/definedValues.js';
import { differenceStatuses, resultsPath, writeResultsFile } from '../../sync/index.js';
import type { Difference, ResultsFormat, VerifiedSync } from '../../sync/index.js';
import { resultsFolder } from './resultsFolder.js';
import type { SyncVerifyResult } from './verifyResult.js';

/** Differences in `--json`. */
const recordLimit = 1000;

const columns = [...(['key', 'status', 'member', 'feed', 'line', 'journals', 'expected', 'found', 'message'] as const)];

/** Where the differences are written. */
export interface DifferencesPlace {
  /** Path of the outbox. */
  readonly outbox: string;
  /** Folder that the user names. Default: as that of a run. */
  readonly folder: string | undefined;
  readonly format: ResultsFormat;
  readonly startedAt: Date;
}

/**
 * Writes every difference to a file while it is found, and returns what is printed. If there is none, there is no file.
 * @throws {Error} from the file system, or from the comparison
 */
export async function collectDifferences(
  differences: AsyncGenerator<Difference, VerifiedSync, void>,
  place: DifferencesPlace,
): Promise<SyncVerifyResult> {
  const { format, outbox } = place;
  const file = { folder: folderOf(place), name: 'differences', columns };
  const path = resultsPath(file, format);
  makeFolder(file.folder);
  await mustTakeFile(path);
  const seen = new SeenDifferences();
  try {
    await writeResultsFile(file, format, seen.through(differences));
  } finally {
    // A folder of its own: nothing else is in it.
    if (seen.counts.total === 0) await rm(file.folder, { recursive: true, force: true });
  }
  const { program, run, sources, feedRows, transactions, journals, uncompared, notes } = seen.verified();
  return {
    ...definedValues({ run }),
    ...{ program, outbox, sources: [...sources], results: seen.counts.total === 0 ? null : path },
    compared: { ...definedValues({ feedRows }), transactions, journals },
    uncompared,
    counts: { ...seen.counts },
    notes: [...notes],
    records: seen.records.map(
      (record) => ({ ...definedValues(record), journals: [...record.journals] }) as SyncVerifyResult['records'][number],
    ),
    recordsLeftOut: seen.counts.total - seen.records.length,
  };
}

/** A name that sorts by time, such as `verify-20260403-080000`. */
function folderOf({ outbox, folder, startedAt }: DifferencesPlace): string {
  const time = startedAt.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return resultsFolder(outbox, `verify-${time}`, folder);
}

/** Counts differences on their way to the file. */
class SeenDifferences {
  readonly records: Difference[] = [];
  readonly counts = {
    total: 0,
    ...(Object.fromEntries(differenceStatuses.map((status) => [status, 0])) as Record<Difference['status'], number>),
  };
  #verified: VerifiedSync | undefined;

  async *through(differences: AsyncGenerator<Difference, VerifiedSync, void>): AsyncGenerator<object, void, void> {
    try {
      for (;;) {
        const next = await differences.next();
        if (next.done === true) {
          this.#verified = next.value;
          return;
        }
        this.counts.total += 1;
        this.counts[next.value.status] += 1;
        if (this.records.length < recordLimit) this.records.push(next.value);
        yield { ...next.value, journals: next.value.journals.join(' ') };
      }
    } finally {
      // Removes the temporary file, also if the results cannot be written.
      await differences.return({} as VerifiedSync);
    }
  }

  verified(): VerifiedSync {
    if (!this.#verified) throw new Error('The comparison has not ended.');
    return this.#verified;
  }
}
