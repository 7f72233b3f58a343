import type { MetadataTypes } from '../components/metadataTypes.js';

/** `DescribeMetadataResult`: the types that can be deployed and retrieved. */
export function describeMetadata({ all }: MetadataTypes): Record<string, unknown> {
  const metadataObjects = all.map(({ name, directory, suffix, isInFolder, hasContentFile, childNames }) => ({
    childXmlNames: childNames,
    directoryName: directory,
    inFolder: isInFolder,
    metaFile: hasContentFile,
    ...(suffix !== undefined && { suffix }),
    xmlName: name,
  }));
  return { metadataObjects, organizationNamespace: '', partialSaveAllowed: true, testRequired: false };
}
