import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../../base/files/makeFolder.js';
import { replaceFile } from '../../base/files/replaceFile.js';
import type { ProbedField } from '../../sync/index.js';
import { orgFolder } from '../outboxPath.js';
import type { TargetOrg } from '../targetOrg.js';

/** Key: API name of a TransactionJournal field, in lower case. */
const ProbedFields = z.record(z.string(), z.object({ at: z.string(), honored: z.boolean() }));
type ProbedFields = z.infer<typeof ProbedFields>;

/** What was probed in an org: a file beside its outboxes. An unreadable file is treated as empty. */
export class ProbeFile {
  readonly #path: string;

  constructor(dataDir: string, org: TargetOrg) {
    this.#path = join(orgFolder(dataDir, org), 'probes.json');
  }

  async find(field: string | undefined): Promise<ProbedField | undefined> {
    return field === undefined ? undefined : (await this.#read())[field.toLowerCase()];
  }

  async store(field: string, probed: ProbedField): Promise<void> {
    const fields = { ...(await this.#read()), [field.toLowerCase()]: probed };
    makeFolder(dirname(this.#path));
    await replaceFile(this.#path, `${JSON.stringify(fields, null, 2)}\n`);
  }

  async #read(): Promise<ProbedFields> {
    try {
      return ProbedFields.parse(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch {
      return {};
    }
  }
}
