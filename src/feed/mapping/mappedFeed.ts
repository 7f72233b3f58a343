import type { Feed } from '../feed.js';
import { compileEnrollment } from '../members/compileEnrollment.js';
import { checkJournal } from './journalFieldReaders.js';
import { expressionsOfJournal } from './mappedJournals.js';
import type { MappedJournal } from './mappedJournals.js';
import type { Mapping } from './mapping.js';

/** Returns what a feed is by its mapping, wherever its rows come from. */
export function mappedFeed(mapping: Mapping): Pick<Feed, 'repeats' | 'computedFields' | 'check'> {
  return {
    repeats: mapping.repeats,
    computedFields: [...new Set(mapping.journals.flatMap(computedFieldsOf))],
    check: (target) => {
      checkJournal(mapping, target);
      compileEnrollment(mapping, target);
    },
  };
}

function computedFieldsOf(journal: MappedJournal): string[] {
  return expressionsOfJournal(journal).flatMap(({ name }) => (name === 'when' ? [] : name));
}
