import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { ComponentStamp, MetadataComponent } from './metadataComponent.js';
import { soleText } from './metadataComponent.js';
import { programSetupType } from './typeNames.js';
import { metadataFile, xmlNode } from '../../../base/files/writeXml.js';
import { readXmlNode, textIn } from '../../../base/files/xmlNode.js';
import type { XmlNode } from '../../../base/files/xmlNode.js';

/**
 * Returns the metadata of programs whose processes are only records: it has no rules.
 *
 * @param deployed programs with metadata of their own
 */
export function recordedSetups(
  store: Store,
  deployed: readonly MetadataComponent[],
  stamp: ComponentStamp,
): MetadataComponent[] {
  const labels = new Set(deployed.map((each) => (textIn(readXmlNode(soleText(each)), 'label') ?? '').toLowerCase()));
  return store
    .find('LoyaltyProgram', {})
    .filter((program) => !labels.has(String(program['Name']).toLowerCase()))
    .flatMap((program) => {
      const processes = store.find('LoyaltyProgramProcess', { LoyaltyProgramId: program.Id });
      return processes.length === 0 ? [] : setupOf(store, program, processes, stamp);
    });
}

function setupOf(
  store: Store,
  program: SObjectRow,
  processes: readonly SObjectRow[],
  stamp: ComponentStamp,
): MetadataComponent {
  const label = String(program['Name']);
  const fullName = label.replace(/\s+/g, '_');
  const children = [xmlNode('label', label), ...processes.map((process) => processNode(store, process))];
  const content = metadataFile(xmlNode(programSetupType, children));
  const files = new Map([[`loyaltyProgramSetups/${fullName}.loyaltyProgramSetup`, Buffer.from(content)]]);
  return { type: programSetupType, fullName, files, ...stamp };
}

function processNode(store: Store, process: SObjectRow): XmlNode {
  const nameOf = (object: string, field: string): unknown => {
    const id = process[field];
    return typeof id === 'string' ? store.get(object, id)?.['Name'] : undefined;
  };
  const elements = {
    description: process['Description'],
    executionType: process['ExecutionType'],
    journalSubType: nameOf('JournalSubType', 'JournalSubTypeId'),
    journalType: nameOf('JournalType', 'JournalTypeId'),
    loyaltyTierGroup: nameOf('LoyaltyTierGroup', 'LoyaltyTierGroupId'),
    processName: process['Name'],
    processType: process['ProcessType'],
    status: process['Status'],
  };
  const given = Object.entries(elements).filter(([, value]) => value !== undefined && value !== null);
  return xmlNode(
    'programProcesses',
    given.map(([name, value]) => xmlNode(name, String(value))),
  );
}
