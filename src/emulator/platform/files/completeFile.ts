import { createHash } from 'node:crypto';
import type { SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';

/** Fields that hold a file, and those that hold its size. */
const sizes: Readonly<Record<string, { readonly content: string; readonly size: string }>> = {
  Attachment: { content: 'Body', size: 'BodyLength' },
  Document: { content: 'Body', size: 'BodyLength' },
  ContentVersion: { content: 'VersionData', size: 'ContentSize' },
};

/** Adds what an org knows of a file that was just written: its size, and for a version the document and its place in it. */
export function completeFile(store: Store, type: SObjectType, id: string, userId: string): void {
  const fields = sizes[type.name];
  if (!fields) return;
  const stored = store.get(type.name, id)?.[fields.content];
  const bytes = Buffer.from(typeof stored === 'string' ? stored : '', 'base64');
  store.update(type.name, id, { [fields.size]: bytes.length }, { as: 'org', userId });
  if (type.name === 'ContentVersion') publishVersion(store, { id, bytes, userId });
}

interface Version {
  readonly id: string;
  readonly bytes: Buffer;
  readonly userId: string;
}

function publishVersion(store: Store, { id, bytes, userId }: Version): void {
  const version = store.get('ContentVersion', id);
  // A change of the description is not a new version.
  if (!version || version['VersionNumber'] !== null) return;
  const path = String(version['PathOnClient']);
  const [, base = path, extension = null] = /([^/\\]*?)(?:\.([^./\\]+))?$/.exec(path) ?? [];
  const about = {
    Title: version['Title'] ?? base,
    FileExtension: extension,
    FileType: extension?.toUpperCase() ?? 'UNKNOWN',
    ContentSize: bytes.length,
  };
  const as = { as: 'org', userId } as const;
  const ContentDocumentId = String(version['ContentDocumentId'] ?? newDocument());
  const others = store.find('ContentVersion', { ContentDocumentId }).filter(({ Id }) => Id !== id);
  for (const { Id } of others) store.update('ContentVersion', Id, { IsLatest: false }, as);
  const Checksum = createHash('md5').update(bytes).digest('hex');
  const place = { IsLatest: true, VersionNumber: String(others.length + 1), ContentDocumentId };
  store.update('ContentVersion', id, { ...about, ...place, Checksum }, as);
  store.update('ContentDocument', ContentDocumentId, { ...about, LatestPublishedVersionId: id }, as);

  /** The owner sees it, and so does everybody who sees the record that it was published at. */
  function newDocument(): string {
    const document = store.insert(
      'ContentDocument',
      { Title: about.Title, OwnerId: version?.['OwnerId'] ?? userId },
      as,
    );
    const owner = { ContentDocumentId: document, LinkedEntityId: userId, ShareType: 'I' };
    store.insert('ContentDocumentLink', owner, as);
    const LinkedEntityId = version?.['FirstPublishLocationId'] ?? null;
    if (LinkedEntityId !== null) store.insert('ContentDocumentLink', { ...owner, LinkedEntityId, ShareType: 'V' }, as);
    return document;
  }
}
