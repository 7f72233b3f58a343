import { Messages } from '@salesforce/core';
import { meantName } from '../../base/text/nearest.js';
import type { SegmentDefinition } from '../../insight/index.js';
import { usageError } from '../feedFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.segments');

/** Finds the segment that a flag names. @throws {SfError} with the names there are */
export function chosenSegment(segments: readonly SegmentDefinition[], name: string): SegmentDefinition {
  const found = segments.find((segment) => segment.name === name);
  if (found) return found;
  const names = segments.map((segment) => segment.name);
  const meant = meantName(name, names);
  const error =
    meant === undefined
      ? messages.createError('error.segment', [name], [names.join(', ')])
      : messages.createError('error.segmentMeant', [name, meant], [names.join(', ')]);
  throw usageError(error);
}
