/**
 * The exit codes of all commands. The table for people is in README, "Exit codes"; a test goes through both.
 */
export const exitCodes = {
  /** All is well. */
  done: 0,
  /** The command could not be carried out as it was given: an unknown program, a bad file, an error of ours. */
  failed: 1,
  /** A flag is unknown, missing, or has a value that cannot be one. oclif gives the same code. */
  usage: 2,
  /** Carried out, or refused by the org: a person has to look at one thing or several. */
  attention: 68,
  /** Unfinished or unknown: the same command can be repeated when the reason is gone. */
  unfinished: 69,
  /** A signal has ended it. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Of a command over one record or many. If several hold, the one that a repetition can change comes first. */
export function exitCodeOf({ refused, open }: { readonly refused: number; readonly open: number }): ExitCode {
  if (open > 0) return exitCodes.unfinished;
  return refused > 0 ? exitCodes.attention : exitCodes.done;
}
