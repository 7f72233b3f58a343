import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a person reads of a process that died: the error, not the whole story. */
const mostCharacters = 2_000;

/**
 * Where a process that outlives this one writes its errors. A file and no pipe: writing into a pipe that nobody reads
 * any more would kill it.
 */
export class ChildErrors implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'loyalty-org-'));
  readonly #path = join(this.#folder, 'stderr.txt');
  /** For the `stdio` of the process. */
  public readonly descriptor = openSync(this.#path, 'a', 0o600);

  /** The last lines; empty when the process said nothing. */
  public tail(): string {
    return readFileSync(this.#path, 'utf8').trim().slice(-mostCharacters);
  }

  /** The process may go on writing; nobody will read it. */
  public [Symbol.dispose](): void {
    closeSync(this.descriptor);
    try {
      rmSync(this.#folder, { recursive: true, force: true });
    } catch {
      // Windows deletes no file that a process has open; its temporary folder is cleaned up by itself.
    }
  }
}
