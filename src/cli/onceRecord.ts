import { Messages } from '@salesforce/core';
import type { OnceResult } from '../sync/index.js';
import { countBy, exitCodeFor } from './counts.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

const statuses = ['done', 'known', 'refused', 'unknown', 'unclear'] as const;
type Status = (typeof statuses)[number];

interface OnceOutcome {
  readonly status: Status;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Status of a keyed call, with what a person must know if it is not done. */
export function outcomeOf<T>(result: OnceResult<T>): OnceOutcome {
  switch (result.status) {
    case 'done':
    case 'known':
      return { status: result.status };
    case 'refused':
      return { status: 'refused', error: { code: result.failure.code ?? 'REFUSED', message: result.failure.message } };
    case 'unknown': {
      const time = new Date(result.until).toLocaleTimeString();
      return {
        status: 'unknown',
        error: { code: 'UNKNOWN', message: messages.getMessage('info.unknown', [result.message, time]) },
      };
    }
    case 'unclear':
      return { status: 'unclear', error: { code: 'UNCLEAR', message: messages.getMessage('info.unclear') } };
  }
}

/** Counts by status, after setting the process's exit code to what they mean. */
export function concluded(records: readonly { readonly status: Status }[]): Record<Status, number> {
  const counts = countBy(records, statuses);
  const { done, known, refused, unknown, unclear } = counts;
  process.exitCode = exitCodeFor({ good: done + known, failed: refused, unknown: unknown + unclear });
  return counts;
}
