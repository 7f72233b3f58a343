import { Messages, SfError } from '@salesforce/core';
import { exitCodes } from './exitCodes.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/** What oclif makes of the error of a flag's own parser. */
const wrapped = /^Parsing --(?<flag>\S+) \n\t(?<reason>[\s\S]*)\nSee more help with --help$/;
const noPath = /^No (?:file|directory) found at|exists but is not a (?:file|directory)$/;

/**
 * An error about the value of a flag in one line, `--points: "-5" is not a number of points.`, with the exit code of a
 * flag that is not accepted. A file or an org that does not exist is no mistake in the flags. Other errors stay as they are.
 *
 * @param argv words of the command line, which has the value
 */
export function flagError(error: unknown, argv: readonly string[]): unknown {
  const { flag, reason } = (error instanceof Error && wrapped.exec(error.message)?.groups) || {};
  if (!(error instanceof Error) || flag === undefined || reason === undefined) return error;
  const name = error.name === 'Error' || error.name === 'CLIError' ? 'FlagValueError' : error.name;
  const isAbsent = name === 'NamedOrgNotFoundError' || noPath.test(reason);
  return SfError.create({
    name,
    message: `--${flag}: ${'shown' in error ? reason : withValue(reason, valueOf(flag, argv))}`,
    actions: actionsFor(error, reason),
    exitCode: isAbsent ? exitCodes.failed : exitCodes.usage,
  });
}

function actionsFor(error: Error, reason: string): string[] {
  if (error.name === 'NamedOrgNotFoundError') return messages.getMessages('error.unknownOrg.actions');
  if (noPath.test(reason)) return messages.getMessages('error.noPath.actions', [process.cwd()]);
  return 'actions' in error && Array.isArray(error.actions) ? error.actions.map(String) : [];
}

/** Some parsers do not repeat what they were given. Those of which it may have a secret say what is shown of it. */
function withValue(reason: string, value: string | undefined): string {
  return value === undefined || value === '' || reason.includes(value) ? reason : `${JSON.stringify(value)}: ${reason}`;
}

function valueOf(flag: string, argv: readonly string[]): string | undefined {
  const at = argv.indexOf(`--${flag}`);
  if (at !== -1) return argv[at + 1];
  return argv.find((word) => word.startsWith(`--${flag}=`))?.slice(flag.length + 3);
}
