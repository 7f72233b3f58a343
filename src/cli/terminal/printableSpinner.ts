import { Spinner, StandardColors } from '@salesforce/sf-plugins-core';
import { shownLine } from './boundedText.js';

/** What a command that fails says of work that it was at. */
const failed = StandardColors.error('Error');

/** Says what a command is at. */
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
