import { shownPlace } from '../../sync/index.js';

/** Accepts the path of a file, and an address that can be one. @throws {OutboxAddressError} */
export function checkOutboxPlace(place: string): void {
  shownPlace(place);
}
