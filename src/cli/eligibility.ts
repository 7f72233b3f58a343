import { Messages } from '@salesforce/core';
import { enumWords } from './terminal/enumWords.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.promotions');

/**
 * Returns the org's eligibility category in words. `Eligible` for a promotion that requires enrollment means that the
 * member is already enrolled.
 */
export function eligibilityText(category: string, enrollmentRequired: boolean): string {
  switch (category) {
    case 'Eligible':
      return messages.getMessage(enrollmentRequired ? 'eligibility.enrolled' : 'eligibility.eligible');
    case 'EligibleButNotEnrolled':
      return messages.getMessage('eligibility.mayEnroll');
    case 'Ineligible':
      return messages.getMessage('eligibility.ineligible');
    default:
      return enumWords(category);
  }
}
