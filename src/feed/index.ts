export { edgesOf, endedGroupsInMemory, transactionsOf } from './feed.js';
export type {
  EndedGroups,
  Feed,
  FeedEntry,
  FeedNote,
  FeedPosition,
  FeedStretch,
  Growth,
  KeyCounts,
  ReadOptions,
} from './feed.js';
export { databaseFeed } from './database/databaseFeed.js';
export { databaseFeedName, type DatabaseFeedOptions } from './database/inspectDatabase.js';
export { isDatabaseAddress, parseDatabaseAddress, type DatabaseAddress } from './database/databaseAddress.js';
export { watchDatabase, type WatchDatabaseOptions } from './database/watchDatabase.js';
export { FeedError, isContentFault, unreadable, type FeedErrorCode } from './feedError.js';
export { idInsteadOf, journalTarget, type JournalTarget } from './mapping/journalTarget.js';
export { loadMapping, parseMapping, type Mapping, type MappingOptions } from './mapping/mapping.js';
export { MappingFile } from './mapping/mappingFile.js';
export { csvFeed, fileFormats, formatOf, feedFromBytes, ndjsonFeed, openFeed } from './openFeed.js';
export type { FeedFormat, FeedInBytes } from './openFeed.js';
export { ObjectRows } from './objects/objectRows.js';
export { JournalCheck } from './objects/journalCheck.js';
export { readyTransactionFeed, type ReadyTransactionFeedOptions } from './objects/readyTransactionFeed.js';
export { rowFeed, type GivenFeed, type RowFeedOptions } from './objects/rowFeed.js';
export type { GivenRows } from './objects/readyRows.js';
export { draftForFeed, type DraftForFeed, type DraftForFeedOptions } from './draft/draftForFeed.js';
export { Rejection, RejectionReason } from './rejection.js';
export { isFeedPosition } from './storedPosition.js';
export { fittedText } from './members/memberDraft.js';
export { memberColumns, MemberColumnError, MemberColumns } from './members/memberColumns.js';
export type { MemberColumn, MemberFields, ReadMemberFields } from './members/memberColumns.js';
export { loadMemberMapping, MemberMappingFile, parseMemberMapping } from './members/memberMapping.js';
export type { MemberMapping } from './members/memberMapping.js';
export { toEnrollmentRequest } from './members/memberRequest.js';
export { InvalidMemberError, localTime } from './members/requestValues.js';
export type { MemberAttributes, MemberDefaults, MemberValues } from './members/memberRequest.js';
export { readMember, readMembers } from './members/readMembers.js';
export type { MemberRejection, ReadMembersOptions } from './members/readMembers.js';
export { readMemberNumbers } from './members/readMemberNumbers.js';
export { corporateColumns, readCorporateMembers, toCorporateRequest } from './members/corporateMembers.js';
export { readNamedRows } from './members/namedRows.js';
export type { NamedRow, NamedRows } from './members/namedRows.js';
export { failingFeed } from './watch/failingFeed.js';
export { generationName, generationOf } from './watch/generationName.js';
export { watchFile, type WatchFileOptions } from './watch/watchFile.js';
export type { EarlierReadings } from './watch/earlierReadings.js';
export { doneMarker, watchFolder, type WatchFolderOptions } from './watch/watchFolder.js';
export type { WatchedFeeds, WatchNote, WatchOptions, WatchReading } from './watch/watchOptions.js';
