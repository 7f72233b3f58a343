/** What `SF_LOG_LEVEL` may be; numbers are levels, too. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const given = process.env['SF_LOG_LEVEL'];
const isKnown =
  given === undefined || given === '' || logLevels.some((level) => level === given) || isLevelNumber(given);

/** What `SF_LOG_LEVEL` is, when it is no level. */
export const strangeLogLevel = isKnown ? undefined : given;

// With it, the log of the CLI ends every command with an error that says nothing.
if (!isKnown) delete process.env['SF_LOG_LEVEL'];

function isLevelNumber(text: string): boolean {
  return /^\d{1,9}$/.test(text);
}
