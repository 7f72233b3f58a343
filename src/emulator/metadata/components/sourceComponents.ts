import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { findSourceFiles, fieldNameOf, valueSetNameOf } from '../../source/sourceFiles.js';
import { metadataFile } from '../../../base/files/writeXml.js';
import { readXmlNode } from '../../../base/files/xmlNode.js';
import { solePath, soleText } from './metadataComponent.js';
import type { ComponentStamp, MetadataComponent } from './metadataComponent.js';
import { programSetupType } from './typeNames.js';

const setupEnding = '.loyaltyProgramSetup-meta.xml';

/**
 * Reads the metadata of a source folder that the local org uses, as components that can be retrieved. Their files are as
 * they are in the folder: `componentOfFolder` gives them the form of a deploy.
 */
export async function sourceComponents(folder: string, stamp: ComponentStamp): Promise<MetadataComponent[]> {
  const { objects, globalValueSets, programSetups } = await findSourceFiles(folder);
  const wanted = [
    ...objects.flatMap(({ name, object, fields }) => [
      { type: 'CustomObject', fullName: name, path: `objects/${name}.object`, file: object },
      ...fields.map((file) => {
        const fullName = `${name}.${fieldNameOf(file)}`;
        return { type: 'CustomField', fullName, path: `objects/${name}.object`, file };
      }),
    ]),
    ...globalValueSets.map((file) => {
      const fullName = valueSetNameOf(file);
      return { type: 'GlobalValueSet', fullName, path: `globalValueSets/${fullName}.globalValueSet`, file };
    }),
    ...programSetups.map((file) => {
      const fullName = basename(file).replace(setupEnding, '');
      return {
        type: programSetupType,
        fullName,
        path: `loyaltyProgramSetups/${fullName}.loyaltyProgramSetup`,
        file,
      };
    }),
  ];
  const components: MetadataComponent[] = [];
  for (const { type, fullName, path, file } of wanted) {
    if (file === undefined) continue;
    components.push({ type, fullName, files: new Map([[path, await readFile(file)]]), ...stamp });
  }
  return components;
}

/** Parts of a file are written as a deploy takes them apart. */
export function componentOfFolder(component: MetadataComponent): MetadataComponent {
  if (component.type !== 'CustomObject' && component.type !== 'CustomField') return component;
  const content = metadataFile({ ...readXmlNode(soleText(component)), attributes: {} });
  return { ...component, files: new Map([[solePath(component), Buffer.from(content)]]) };
}
