import { counted } from '../../base/text/counted.js';
import type { RunNote } from '../../outbox/index.js';
import type { StopReason } from '../attempt.js';

/** Returns the note for an outbox that is older than the org. */
export function olderOutbox(source: string, doubted: number): RunNote {
  return {
    code: 'outbox-not-newest',
    message:
      `The org has journals of ${source} that this outbox does not know: it is older than the org, or somebody else ` +
      `has sent the source. Their keys were taken over. Looked up first: ${counted(doubted, 'open transaction')}.`,
  };
}

function twice(doubled: readonly string[] | undefined): string {
  if (!doubled) return 'Whether any of them has a key twice could not be asked: the next run asks again.';
  if (doubled.length === 0) return 'None of them has a key twice.';
  const more = doubled.length > 5 ? ` and ${doubled.length - 5} more` : '';
  return `Twice in the org: ${doubled.slice(0, 5).join(', ')}${more}.`;
}

/** Returns why a run ends when the org has journals that its outbox cannot account for. */
export function rival(source: string, excess: number, doubled: readonly string[] | undefined): StopReason {
  return {
    code: 'ANOTHER_WRITER',
    message:
      `The org has ${counted(excess, 'journal')} of ${source} that this outbox neither sent nor found: another process sends the same ` +
      `source, or somebody made journals by hand. ${twice(doubled)} Nothing more was sent.`,
    action: 'End the other process, and let one outbox send the source. Then resume the run.',
  };
}
