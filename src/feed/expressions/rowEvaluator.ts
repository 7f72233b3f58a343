import { ReadingAborted } from '../bytes/byteChunks.js';
import type { Path } from '../mapping/mappingText.js';
import { RowError } from '../rowError.js';
import type { Scalar } from './expression.js';
import type { ExpressionResult } from './expressionMessages.js';
import type { ExpressionAnswer, ExpressionProcess, NoAnswer } from './expressionProcess.js';
import { keepProcess, takeProcess } from './idleProcess.js';

/** An expression of a mapping. */
export interface NamedExpression {
  /** The field that it makes, or `skip`. */
  readonly name: string;
  /** Where the mapping has it. */
  readonly path: Path;
  /** A checked JSONata expression. */
  readonly source: string;
}

/** A row in the form that its expressions see. */
export interface RowText {
  readonly line: number;
  readonly json: string;
}

/** The results of the expressions of a row, in order, or why they could not be evaluated. */
export type RowResults = readonly (Scalar | RowError | undefined)[] | RowError;

export interface ExpressionLimits {
  /** Seconds that one expression may take for one row. */
  readonly seconds: number;
  /** Megabytes that the values of an expression may need. */
  readonly megabytes: number;
  /** Number of rows in one reading that may exceed these limits before the reading ends. */
  readonly rows: number;
}

export const defaultExpressionLimits: ExpressionLimits = { seconds: 5, megabytes: 256, rows: 5 };

export interface EvaluationOptions {
  readonly limits?: Partial<ExpressionLimits> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Rows that exceeded a limit, and the expression that the last of them was evaluating. */
export interface Exceeded {
  readonly path: Path;
  readonly lines: readonly number[];
  readonly how: string;
}

/** Number of characters of rows that are evaluated together. */
const charactersAtOnce = 1024 * 1024;

/**
 * Evaluates the expressions of a mapping in a separate process. Only a process can be stopped during a regular
 * expression that never ends, and only its end leaves us alive when a value fills the memory. The process starts with
 * the first row.
 */
export class RowEvaluator implements Disposable {
  readonly #expressions: readonly NamedExpression[];
  readonly #limits: ExpressionLimits;
  readonly #signal: AbortSignal | undefined;
  readonly #lines: number[] = [];
  #process: ExpressionProcess | undefined;
  #exceeded: Exceeded | undefined;

  /** @param expressions `skip` comes first, if there is one */
  constructor(
    expressions: readonly NamedExpression[],
    limits: Partial<ExpressionLimits> = {},
    signal: AbortSignal | undefined,
  ) {
    this.#expressions = expressions;
    this.#limits = { ...defaultExpressionLimits, ...limits };
    this.#signal = signal;
  }

  /** Is set as soon as too many rows have exceeded a limit. Nothing is evaluated after that. */
  get exceeded(): Exceeded | undefined {
    return this.#exceeded;
  }

  /**
   * Returns the results of these rows, in order. There are fewer results than rows only if too many have exceeded a
   * limit.
   * @throws {ReadingAborted}
   * @throws {Error} if the process cannot be started
   */
  async evaluate(rows: readonly RowText[]): Promise<RowResults[]> {
    const results: RowResults[] = [];
    for (const some of portions(rows)) {
      const answer = await this.#ask(some, false);
      if ('results' in answer) results.push(...answer.results.map((row) => this.#read(row)));
      else await this.#oneByOne(some, results);
      if (this.#exceeded) break;
    }
    return results;
  }

  [Symbol.dispose](): void {
    if (this.#process) keepProcess(this.#process);
    this.#process = undefined;
  }

  /** Evaluates each row alone, because one of these rows takes too much, or the machine was very busy. */
  async #oneByOne(rows: readonly RowText[], results: RowResults[]): Promise<void> {
    for (const row of rows) {
      const answer = await this.#ask([row], true);
      const given = 'results' in answer ? answer.results[0] : undefined;
      results.push('none' in answer ? this.#tooMuch(row, answer) : this.#read(given ?? []));
      if (this.#exceeded) return;
    }
  }

  /** Asks about rows. A single row gets twice the time of a portion, and reports which expression it is evaluating. */
  async #ask(rows: readonly RowText[], isAlone: boolean): Promise<ExpressionAnswer> {
    this.#process ??= await this.#start();
    const milliseconds = this.#limits.seconds * (isAlone ? 1000 : 500);
    const question = { rows: `[${rows.map(({ json }) => json).join(',')}]`, isAlone };
    const answer = await this.#process.ask(question, milliseconds, this.#signal);
    if ('results' in answer) return answer;
    this.#process[Symbol.dispose]();
    this.#process = undefined;
    if (answer.none === 'aborted') throw new ReadingAborted();
    return answer;
  }

  async #start(): Promise<ExpressionProcess> {
    const expressions = this.#expressions.map(({ source }) => source);
    const skips = this.#expressions[0]?.name === 'skip';
    const started = takeProcess(this.#limits.megabytes);
    if (await started.tell({ expressions, skips }, this.#signal)) return started;
    started[Symbol.dispose]();
    if (this.#signal?.aborted) throw new ReadingAborted();
    throw new Error(`The process that evaluates expressions cannot be started with ${process.execPath}.`);
  }

  #tooMuch({ line }: RowText, { none, at }: NoAnswer): RowError {
    const { seconds, megabytes, rows } = this.#limits;
    const { name, path } = this.#expressions[at] ?? { name: '', path: [] };
    const how =
      none === 'silent'
        ? `did not end within ${seconds} second${seconds === 1 ? '' : 's'}`
        : `needed more than ${megabytes} MB`;
    this.#lines.push(line);
    if (this.#lines.length >= rows) this.#exceeded = { path, how, lines: this.#lines };
    return new RowError('expression-stopped', `the expression of ${name} ${how}`);
  }

  #read(results: readonly ExpressionResult[]): RowResults {
    return results.map((result, index) => {
      if (typeof result !== 'object') return result;
      const subject = `the expression of ${this.#expressions[index]?.name}`;
      return 'fails' in result
        ? new RowError('expression-failed', `${subject} fails: ${result.fails}`)
        : new RowError('expression-failed', `${subject} gives ${result.gives}, not text, a number or true/false`);
    });
  }
}

/** Divides rows into portions that are evaluated together. A portion is small enough not to fill the memory. */
function* portions(rows: readonly RowText[]): Iterable<readonly RowText[]> {
  let portion: RowText[] = [];
  let characters = 0;
  for (const row of rows) {
    if (portion.length > 0 && characters + row.json.length > charactersAtOnce) {
      yield portion;
      portion = [];
      characters = 0;
    }
    portion.push(row);
    characters += row.json.length;
  }
  if (portion.length > 0) yield portion;
}
