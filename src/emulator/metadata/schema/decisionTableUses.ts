import { outsideUses } from '../../../rules/index.js';
import type { ComponentMap, ComponentName, MetadataComponent } from '../components/metadataComponent.js';
import { decisionTableType, programSetupType } from '../components/typeNames.js';
import { xmlRootOf } from '../components/xmlRoot.js';
import { textIn } from '../../../base/files/xmlNode.js';
import { rulesOf } from './programSetups.js';

/**
 * Returns why a component cannot be deleted: a decision table has it as its object or a column, or rules use the
 * table. Rules would go on without it, and match other rows.
 */
export function decisionTableUse(deletion: ComponentName, components: ComponentMap): string | undefined {
  const all = [...components.values()];
  if (deletion.type === decisionTableType) {
    const user = all.find((each) => each.type === programSetupType && usesTable(each, deletion.fullName));
    return user && `This decision table is used by the rules of ${user.fullName}`;
  }
  if (deletion.type !== 'CustomField' && deletion.type !== 'CustomObject') return undefined;
  const [object = '', field] = deletion.fullName.toLowerCase().split('.');
  const table = all.find((each) => each.type === decisionTableType && hasColumn(each, object, field));
  return table && `This is used by the decision table ${table.fullName}`;
}

function usesTable(setup: MetadataComponent, table: string): boolean {
  const uses = outsideUses([rulesOf(setup)], 'GetOutputsFromDecisionTable');
  return uses.some(({ name }) => name.toLowerCase() === table.toLowerCase());
}

/** @param field any, if it is not given */
function hasColumn(table: MetadataComponent, object: string, field: string | undefined): boolean {
  // Only the tables that rules use were checked.
  const root = xmlRootOf(table);
  if (!root || textIn(root, 'sourceObject')?.toLowerCase() !== object) return false;
  const columns = root.children.filter(({ name }) => name === 'decisionTableParameters');
  return field === undefined || columns.some((column) => textIn(column, 'fieldName')?.toLowerCase() === field);
}
