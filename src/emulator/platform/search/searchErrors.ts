import { OrgRefusal } from '../../orgRefusal.js';

export function malformedSearch(message: string): OrgRefusal {
  return new OrgRefusal(400, 'MALFORMED_SEARCH', message);
}
