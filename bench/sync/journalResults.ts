const memberName = '"MembershipNumber":"';
const before = '{"id":"0lV000000000000AAA","changeInMemberPoints":[{"memberShipNumber":"';
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
    results.push(before + body.slice(at, body.indexOf('"', at)) + after);
  }
  return { text: `${head}${results.join(',')}]}}`, count: results.length };
}
