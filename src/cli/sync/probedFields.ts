import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { ProbedField } from '../../sync/index.js';
import { orgFolder } from '../outboxPath.js';
import type { TargetOrg } from '../targetOrg.js';

/** By API name of a field of TransactionJournal, in lower case. */
const ProbedFields = z.record(z.string(), z.object({ at: z.string(), honored: z.boolean() }));
type ProbedFields = z.infer<typeof ProbedFields>;

/** What was probed in an org: a file beside its outboxes. A file that cannot be read counts as none. */
export class ProbeFile {
  readonly #path: string;

  public constructor(dataDir: string, org: TargetOrg) {
    this.#path = join(orgFolder(dataDir, org), 'probes.json');
  }

  public async find(field: string | undefined): Promise<ProbedField | undefined> {
    return field === undefined ? undefined : (await this.#read())[field.toLowerCase()];
  }

  public async store(field: string, probed: ProbedField): Promise<void> {
    const fields = { ...(await this.#read()), [field.toLowerCase()]: probed };
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    // A reader finds the old file or the new one, never half of it.
    const draft = `${this.#path}.${process.pid}`;
    await writeFile(draft, `${JSON.stringify(fields, null, 2)}\n`, { mode: 0o600 });
    await rename(draft, this.#path);
  }

  async #read(): Promise<ProbedFields> {
    try {
      return ProbedFields.parse(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch {
      return {};
    }
  }
}
