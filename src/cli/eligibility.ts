import { Messages } from '@salesforce/core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.promotions');

/**
 * The org's eligibility category in words. `Eligible` says of a promotion that needs enrollment that the member is
 * enrolled already. A category that nobody has published is taken apart at its capitals.
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
      return category.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  }
}
