import { ExpressionProcess } from './expressionProcess.js';

/** Milliseconds for which an idle process waits for the next feed. */
const longestWait = 5000;

let idle: { readonly process: ExpressionProcess; readonly timer: NodeJS.Timeout } | undefined;

/** Returns a new process or the idle one of an earlier reading, so a run of many small feeds needs only one. */
export function takeProcess(megabytes: number): ExpressionProcess {
  const found = idle;
  if (found === undefined) return new ExpressionProcess(megabytes);
  clearTimeout(found.timer);
  idle = undefined;
  if (!found.process.isGone && found.process.megabytes === megabytes) return found.process;
  found.process[Symbol.dispose]();
  return new ExpressionProcess(megabytes);
}

/** Keeps a process that has answered its last question, for the next feed. */
export function keepProcess(process: ExpressionProcess): void {
  if (idle !== undefined) {
    process[Symbol.dispose]();
    return;
  }
  const end = (): void => {
    idle = undefined;
    process[Symbol.dispose]();
  };
  idle = { process, timer: setTimeout(end, longestWait).unref() };
}
