import { Document, isMap, visit } from 'yaml';
import type { SegmentDefinition } from './segmentShape.js';

/** Returns segments as the text of a file that {@link readSegments} reads. */
export function segmentsText(segments: readonly SegmentDefinition[]): string {
  const document = new Document(segments, { compat: 'yaml-1.1', aliasDuplicateObjects: false });
  visit(document, {
    Map: (_, map) => {
      if (isMap(map) && map.has('feature')) map.flow = true;
    },
  });
  return document.toString({ singleQuote: true, lineWidth: 0 });
}
