// Node runs this file as it is, so it imports packages only.
import type { HostAnswer, HostedCommand } from './commandHosts.js';

/** Milliseconds in which a command can end what it has begun, after it has printed everything. */
const graceOfEnd = 5000;

const printed = { stdout: '', stderr: '' };
// oclif keeps the functions that it finds here when it is loaded.
capture('stdout');
capture('stderr');
// oclif ends the process after a failure.
process.exit = ((code?: number) => void (process.exitCode = code ?? process.exitCode)) as typeof process.exit;

const { execute } = await import('@oclif/core');
const { ConfigAggregator, StateAggregator } = await import('@salesforce/core');

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (command: HostedCommand) => void run(command).then((end) => process.send?.(end)));

/** Keeps what is written to a stream instead of writing it. */
function capture(name: 'stdout' | 'stderr'): void {
  process[name].write = (chunk: string | Uint8Array, ...more: unknown[]) => {
    printed[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    const written = more.at(-1);
    if (typeof written === 'function') process.nextTick(written);
    return true;
  };
}

/** Runs one command as `bin/run.js` does, and takes back what it leaves in the process. */
async function run({ root, args, cwd, env }: HostedCommand): Promise<HostAnswer> {
  process.chdir(cwd);
  process.argv = [process.execPath, `${root}/bin/run.js`, ...args];
  process.exitCode = undefined;
  Object.assign(process.env, env);
  Object.assign(printed, { stdout: '', stderr: '' });
  const before = process.getActiveResourcesInfo();
  await execute({ args: [...args], dir: root, loadOptions: { root } });
  // The folder of the command is removed after the test, and no thread can start in a folder that is gone.
  process.chdir(root);
  await forgetCommand(env);
  return { code: exitCode(), ...printed, left: await leftSince(before) };
}

/** Returns what the command has left in the process, such as a socket or a timer, that would keep it from ending. */
async function leftSince(before: readonly string[]): Promise<string[]> {
  const waitsUntil = performance.now() + graceOfEnd;
  for (;;) {
    const left = process.getActiveResourcesInfo();
    for (const resource of before) if (left.includes(resource)) left.splice(left.indexOf(resource), 1);
    if (left.length === 0 || performance.now() > waitsUntil) return left;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function exitCode(): number {
  return Number(process.exitCode ?? 0);
}

/** What a new process would not have. */
async function forgetCommand(env: HostedCommand['env']): Promise<void> {
  await ConfigAggregator.clearInstance();
  await StateAggregator.clearInstanceAsync();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK']) process.removeAllListeners(name);
  process.stdout.removeAllListeners('drain');
  for (const name of Object.keys(env)) Reflect.deleteProperty(process.env, name);
  delete (globalThis as { salesforceCoreLifecycle?: unknown }).salesforceCoreLifecycle;
}
