import type { SObjectDefinition } from '../sobject.js';
import { attachment } from './attachment.js';
import { contentDocument } from './contentDocument.js';
import { contentDocumentLink } from './contentDocumentLink.js';
import { contentVersion } from './contentVersion.js';
import { documentFolder } from './documentFolder.js';
import { storedDocument } from './storedDocument.js';

/** Objects whose records hold files, or say where files are. */
export const fileObjects: readonly SObjectDefinition[] = [
  attachment,
  contentDocument,
  contentDocumentLink,
  contentVersion,
  documentFolder,
  storedDocument,
];
