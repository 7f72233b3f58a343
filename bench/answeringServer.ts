/**
 * An org that accepts everything and stores nothing, so that only the client's side is measured. It runs in a separate
 * process, because an engine and its org must not share a core.
 *
 * `GET /bodies` returns the bodies of the real-time requests so far, one per line, so that they can be posted again.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const bodies: string[] = [];

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const answer = answerTo(request.url ?? '/', Buffer.concat(chunks).toString());
    response.writeHead(200, { 'content-type': 'application/json', 'sforce-limit-info': 'api-usage=1/5000000' });
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
});
server.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.on('disconnect', () => process.exit());

function answerTo(url: string, body: string): unknown {
  if (url.includes('/connect/realtime/')) return realtime(body);
  if (url.includes('/query')) return query(new URL(url, 'http://localhost').searchParams.get('q') ?? '');
  if (url.includes('/oauth2/token')) {
    return { access_token: '00D9z0000000001!bench', instance_url: `http://127.0.0.1:${port()}`, token_type: 'Bearer' };
  }
  if (url.endsWith('/describe')) return { name: 'TransactionJournal', fields: journalFields };
  if (url === '/bodies') return bodies.join('\n');
  return [{ label: "Spring '26", url: '/services/data/v66.0', version: '66.0' }];
}

/** The fields that the example's mapping names, because a mapping is checked before anything is read. */
const journalFields = Object.entries({
  ExternalTransactionNumber: 'string',
  MemberId: 'reference',
  ActivityDate: 'datetime',
  JournalTypeId: 'reference',
  JournalSubTypeId: 'reference',
  TransactionAmount: 'currency',
  Quantity: 'double',
  TransactionLocation: 'string',
  Comment: 'string',
}).map(([name, type]) => ({ name, type, length: 255, scale: 2, createable: true, filterable: true }));

/** Returns as many results as journals. Like an org, each result names its member. */
function realtime(body: string): unknown {
  if (bodies.length < 20_000) bodies.push(body);
  const { transactionJournals } = JSON.parse(body) as { transactionJournals: { MembershipNumber: string }[] };
  const transactionJournalResult = transactionJournals.map(({ MembershipNumber }, index) => ({
    id: `0lV${String(index).padStart(15, '0')}`,
    changeInMemberPoints: [{ memberShipNumber: MembershipNumber, changeInMemberCurrencies: [] }],
  }));
  return { status: true, message: null, processResult: { memberPointsBalance: [], transactionJournalResult } };
}

/** Answers that every requested program and member exists, and no journal. */
function query(soql: string): unknown {
  const records = soql.includes('FROM LoyaltyProgramMember')
    ? [...(/IN \((.*)\)/.exec(soql)?.[1] ?? '').matchAll(/'([^']*)'/g)].map(([, number]) => member(number ?? ''))
    : soql.includes('FROM LoyaltyProgram')
      ? [{ Id: '0lp000000000000AAA', Name: 'Harbour Rewards', Status: 'Active' }]
      : soql.includes('FROM Organization')
        ? [{ Id: '00D000000000000AAA' }]
        : [];
  return { totalSize: records.length, done: true, records };
}

function member(MembershipNumber: string): object {
  const Id = '0lM000000000000AAA';
  return {
    Id,
    MembershipNumber,
    MemberStatus: 'Active',
    MemberType: 'Individual',
    EnrollmentDate: null,
    ContactId: null,
  };
}

function port(): number {
  return (server.address() as AddressInfo).port;
}
