export { csvFeed } from './csvFeed.js';
export { endedGroupsInMemory } from './feed.js';
export type { EndedGroups, Feed, FeedEntry, FeedPosition, Fingerprint, ReadOptions } from './feed.js';
export { FeedError, type FeedErrorCode } from './feedError.js';
export { loadMapping, parseMapping, type Mapping, type MappingOptions } from './mapping.js';
export { MappingFile } from './mappingFile.js';
export { ndjsonFeed } from './ndjsonFeed.js';
export { openFeed, type FeedFormat } from './openFeed.js';
export { Rejection, RejectionReason } from './rejection.js';
