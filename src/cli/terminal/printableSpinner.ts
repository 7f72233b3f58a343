import { Spinner, StandardColors } from '@salesforce/sf-plugins-core';
import { shownLine } from './boundedText.js';

/** What a failed command prints for the step in progress. */
const failed = StandardColors.error('Error');

/** Shows the step in progress. */
export class PrintableSpinner extends Spinner {
  override get status(): string | undefined {
    return super.status;
  }

  override set status(status: string | undefined) {
    super.status = status && shownLine(status);
  }

  override start(...[action, status, options]: Parameters<Spinner['start']>): void {
    super.start(shownLine(action), status && shownLine(status), options);
  }

  override stop(message?: string): void {
    super.stop(message === failed ? message : message && shownLine(message));
  }
}
