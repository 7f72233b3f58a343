import { OrgRefusal } from '../orgRefusal.js';

/**
 * Refuses what a request names or gives. The code is published for the redeem voucher resource; that the other loyalty
 * resources use it is inferred.
 */
export function invalidInput(message: string): OrgRefusal {
  return new OrgRefusal(400, 'INVALID_API_INPUT', message);
}
