import { OrgRefusal } from '../../orgRefusal.js';
import { requiredFilters } from '../../soql/index.js';

const reified =
  /^(?:(?:FieldDefinition\.)?(?:EntityDefinitionId|DurableId|Id)|(?:FieldDefinition\.)?EntityDefinition\..+)$/i;

/**
 * An org describes the fields of one object at a time.
 *
 * @throws {OrgRefusal} 400 MALFORMED_QUERY when a query for fields does not say of which object
 */
export function requireReifiedFilter(objectName: string, soql: string): void {
  if (objectName !== 'FieldDefinition' || requiredFilters(soql).some((path) => reified.test(path))) return;
  const message = 'A filter on a reified column is required [EntityDefinitionId,DurableId]';
  throw new OrgRefusal(400, 'MALFORMED_QUERY', message);
}
