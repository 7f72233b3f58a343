/**
 * A process that evaluates expressions for its parent, which ends it when it no longer answers. A thread would not do:
 * V8 ends the whole process when some built-in functions run out of memory in a thread.
 *
 * It imports only types from this project, so Node can run it from the TypeScript sources, in any folder, without a
 * compiler.
 */
import { Worker } from 'node:worker_threads';
import jsonata from 'jsonata';
import type { EvaluationMessage, ExpressionResult, ExpressionTexts, RowsToEvaluate } from './expressionMessages.js';

/** Milliseconds between two signs of life. */
const beat = 200;
/** Maximum number of characters of a text that an expression gives: as many as a row may have bytes. */
const longestText = 1024 * 1024;
const longestError = 300;

let expressions: readonly jsonata.Expression[] = [];
let skips = false;
let saidAt = 0;

// Ctrl-C reaches every process of the terminal. The parent decides when this one ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit());
process.on('message', (message: ExpressionTexts | RowsToEvaluate) => void answer(message));
endWithParent();

/** A worker watches the parent, because this thread receives no events while an expression is evaluated. */
function endWithParent(): void {
  const watch = `
    const { workerData: parent } = require('node:worker_threads');
    const isGone = () => {
      if (process.ppid !== parent) return true;
      try { process.kill(parent, 0); return false; } catch (error) { return error.code === 'ESRCH'; }
    };
    setInterval(() => { if (isGone()) process.kill(process.pid, 'SIGKILL'); }, 1000);`;
  new Worker(watch, { eval: true, workerData: Number(process.argv[2]) }).unref();
}

async function answer(message: ExpressionTexts | RowsToEvaluate): Promise<void> {
  if ('expressions' in message) {
    expressions = message.expressions.map((text) => jsonata(text));
    skips = message.skips;
    say('ready');
    return;
  }
  saidAt = Date.now();
  const results: ExpressionResult[][] = [];
  for (const row of JSON.parse(message.rows) as unknown[]) results.push(await evaluate(row, message.isAlone));
  say({ results });
}

async function evaluate(row: unknown, isAlone: boolean): Promise<ExpressionResult[]> {
  const results: ExpressionResult[] = [];
  for (const [at, expression] of expressions.entries()) {
    if (isAlone || Date.now() - saidAt > beat) say({ at });
    const result = await resultOf(expression, row);
    results.push(result);
    if (skips && at === 0 && result === true) break;
  }
  return results;
}

async function resultOf(expression: jsonata.Expression, row: unknown): Promise<ExpressionResult> {
  try {
    return scalar((await expression.evaluate(row)) as unknown);
  } catch (error) {
    return { fails: said(error) };
  }
}

function scalar(value: unknown): ExpressionResult {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.length <= longestText ? value : { fails: tooLong(value.length) };
  if (typeof value === 'number') return Number.isFinite(value) ? value : { gives: String(value) };
  if (Array.isArray(value)) return { gives: 'a list' };
  return { gives: typeof value === 'object' ? 'an object' : `a ${typeof value}` };
}

function tooLong(characters: number): string {
  const [given, most] = [characters, longestText].map((count) => count.toLocaleString('en-US'));
  return `its text has ${given} characters, and may have ${most}`;
}

/** JSONata throws plain objects with a message and a position. */
function said(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error);
  const at = 'position' in error && typeof error.position === 'number' ? ` (at character ${error.position})` : '';
  const message = String(error.message);
  return `${message.length > longestError ? `${message.slice(0, longestError)}…` : message}${at}`;
}

function say(message: EvaluationMessage): void {
  saidAt = Date.now();
  process.send?.(message);
}
