import { memberFailure, verdict } from '../client/index.js';
import type { ProgramContext } from './inProgram.js';
import type { RowFlags, RowIdentity, RowRecord, RowsWork, RowValues } from './rowsWork.js';

/** The lines of a file that have been served. It can be ended between two lines, or in the middle of one. */
export class ServedRows<F extends RowFlags, S extends string, I extends RowIdentity, R extends object> {
  readonly #work: RowsWork<F, S, I, R>;
  readonly #records: RowRecord<S, I, R>[] = [];
  #underWay: { readonly line: number; identity: I } | undefined;
  #hasEnded = false;

  constructor(work: RowsWork<F, S, I, R>) {
    this.#work = work;
  }

  get records(): readonly RowRecord<S, I, R>[] {
    return this.#records;
  }

  /** Serves one line after the other. @throws {Error} for what would meet every line */
  async serve(chosen: ProgramContext<F>): Promise<void> {
    const { file: path = '', delimiter } = chosen.flags;
    const { columns, required, blank, named, problem } = this.#work;
    const read = await this.#work.reader();
    for await (const row of read({ path, delimiter, required, columns })) {
      if (this.#hasEnded) return;
      const { line } = row;
      const why = 'problem' in row ? row.problem : problem?.(row.values, chosen.flags);
      if (why !== undefined || 'problem' in row) {
        const error = { code: 'INVALID_ROW', message: `${path}, line ${line}: ${why}` };
        this.#records.push({ ...blank, ...named({}, `line ${line}`), status: 'failed', line, error });
      } else await this.#serveRow(chosen, row.values, line);
    }
  }

  /** Ends after this error. The line that was being served may have been carried out. */
  end(error: Error): void {
    this.#hasEnded = true;
    if (this.#underWay === undefined) return;
    const { line, identity } = this.#underWay;
    const cause = error.cause instanceof Error ? error.cause : error;
    const code = error.name === 'InterruptedError' ? 'INTERRUPTED' : (verdict(cause).code ?? 'ENDED');
    const ended = { ...this.#work.blank, ...identity, status: 'unknown' as const, line };
    this.#records.push({ ...ended, error: { code, message: cause.message } });
    this.#underWay = undefined;
  }

  async #serveRow(chosen: ProgramContext<F>, values: RowValues, line: number): Promise<void> {
    const { act, blank, named } = this.#work;
    const underWay = { line, identity: named(values, `line ${line}`) };
    this.#underWay = underWay;
    const served = await act(chosen, values, (identity) => (underWay.identity = identity)).catch((error: unknown) => ({
      ...{ ...blank, ...underWay.identity },
      ...memberFailure(error),
    }));
    if (this.#hasEnded) return;
    this.#records.push({ ...served, line });
    this.#underWay = undefined;
  }
}
