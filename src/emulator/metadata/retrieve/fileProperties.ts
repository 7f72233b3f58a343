import type { Store } from '../../store/store.js';
import type { MetadataComponent } from '../components/metadataComponent.js';
import { userName } from '../deploy/deployResult.js';

/**
 * `FileProperties` of a component.
 *
 * @param root folder in the zip file, such as `unpackaged/`
 */
export function fileProperties(component: MetadataComponent, store: Store, root = ''): Record<string, unknown> {
  const { type, fullName, id, createdById, createdDate, lastModifiedById, lastModifiedDate } = component;
  return {
    createdById,
    createdByName: userName(store, createdById),
    createdDate,
    fileName: `${root}${mainPath(component)}`,
    fullName,
    id,
    lastModifiedById,
    lastModifiedByName: userName(store, lastModifiedById),
    lastModifiedDate,
    manageableState: 'unmanaged',
    type,
  };
}

/** A file with content goes before the one that describes it. */
function mainPath({ files }: MetadataComponent): string {
  const paths = [...files.keys()];
  return paths.find((path) => !path.endsWith('-meta.xml')) ?? paths[0] ?? '';
}
