/**
 * Makes a label for a field whose definition has none, in the platform's style:
 * `ExternalTransactionNumber` → "External Transaction Number", `MemberId` → "Member ID", `Src_Key__c` → "Src Key".
 */
export function labelOf(apiName: string): string {
  return apiName
    .replace(/__[a-z]+$/i, '')
    .replaceAll('_', ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/\bId\b/g, 'ID');
}
