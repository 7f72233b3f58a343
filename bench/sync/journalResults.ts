const memberName = '"MembershipNumber":"';
const externalNumber = '"ExternalTransactionNumber":"';
const before = '{"id":"';
const between = '","changeInMemberPoints":[{"memberShipNumber":"';
const after = '","changeInMemberCurrencies":[]}]}';
const head = '{"status":true,"message":null,"processResult":{"memberPointsBalance":[],"transactionJournalResult":[';

/**
 * Answers a request with journals: as many results as journals, and each names its member, as those of an org do. The
 * body is searched, not parsed: the server must not be what limits its client.
 */
export function journalResults(body: string): { readonly text: string; readonly count: number } {
  const results: string[] = [];
  for (let at = body.indexOf(memberName); at >= 0; at = body.indexOf(memberName, at)) {
    at += memberName.length;
    const member = body.slice(at, body.indexOf('"', at));
    at = body.indexOf(externalNumber, at) + externalNumber.length;
    results.push(before + journalId(body.slice(at, body.indexOf('"', at))) + between + member + after);
  }
  return { text: `${head}${results.join(',')}]}}`, count: results.length };
}

/** Returns an Id that only the journal with this external number has. */
export function journalId(number: string): string {
  return `0lV${number
    .replaceAll(/[^a-z\d]/gi, '')
    .slice(-12)
    .padStart(12, '0')}AAA`;
}
