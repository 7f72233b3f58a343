import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Number of characters shown of a dead process's output: enough for the error itself. */
const mostCharacters = 2_000;

/**
 * Collects the error output of a process that outlives this one. It is a file and not a pipe, because writing to a pipe
 * without a reader would kill the process.
 */
export class ChildErrors implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'loyalty-org-'));
  readonly #path = join(this.#folder, 'stderr.txt');
  /** File descriptor for the `stdio` of the process. */
  readonly descriptor = openSync(this.#path, 'a', 0o600);

  /** Returns the end of the output. Empty if the process wrote nothing. */
  tail(): string {
    return readFileSync(this.#path, 'utf8').trim().slice(-mostCharacters);
  }

  /** The process can continue to write, but its output is no longer read. */
  [Symbol.dispose](): void {
    closeSync(this.descriptor);
    try {
      rmSync(this.#folder, { recursive: true, force: true });
    } catch {
      // Windows cannot delete a file that a process has open, but it cleans up its temporary folder itself.
    }
  }
}
