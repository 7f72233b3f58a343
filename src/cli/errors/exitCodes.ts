/**
 * The exit codes of all commands. README, "Exit codes", has the table for users, and a test compares the two.
 *
 * Code 2 comes from oclif, for flags that it does not accept.
 */
export const exitCodes = {
  /** All is well. */
  done: 0,
  /** The command could not be carried out as given: an unknown program, a bad file, or an error of this plugin. */
  failed: 1,
  /** A flag is unknown, missing, or has a value that cannot be one. oclif gives the same code. */
  usage: 2,
  /** Carried out, or refused by the org: a person has to look at one thing or several. */
  attention: 68,
  /** Unfinished or unknown. Repeat the same command when the cause is gone. */
  unfinished: 69,
  /** Ended by a signal. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * Returns the exit code of a command on one or more records. If both apply, unfinished wins, because repeating can
 * change it.
 */
export function exitCodeOf({ refused, open }: { readonly refused: number; readonly open: number }): ExitCode {
  if (open > 0) return exitCodes.unfinished;
  return refused > 0 ? exitCodes.attention : exitCodes.done;
}
