const memberName = '"MembershipNumber":"';
const head = '{"status":true,"message":null,"processResult":{"memberPointsBalance":[],"transactionJournalResult":[';
let created = 0;

/**
 * Answers a request with journals: as many results as journals, each with an Id of its own and its member, as those of an
 * org. The body is searched, not parsed: the server must not be what limits its client.
 */
export function journalResults(body: string): { readonly text: string; readonly count: number } {
  const results: string[] = [];
  for (let at = body.indexOf(memberName); at >= 0; at = body.indexOf(memberName, at)) {
    at += memberName.length;
    const id = `0lV${String(created++).padStart(12, '0')}AAA`;
    const member = `{"memberShipNumber":"${body.slice(at, body.indexOf('"', at))}","changeInMemberCurrencies":[]}`;
    results.push(`{"id":"${id}","changeInMemberPoints":[${member}]}`);
  }
  return { text: `${head}${results.join(',')}]}}`, count: results.length };
}
