import { expect } from 'chai';
import { Loopback, failureOf, json } from './loopback.js';
import { clientOf, orgWith } from './fakeOrg.js';

describe('queries', () => {
  it('return records of any object', async () => {
    await using org = await orgWith({ Account: [{ Id: '001', Name: 'Harbour' }] });
    expect(await org.client.query.all('SELECT Id, Name FROM Account')).to.deep.equal([{ Id: '001', Name: 'Harbour' }]);
  });

  it('encode characters that would break the URL', async () => {
    await using org = await orgWith({});
    const soql = "SELECT Id FROM Account WHERE Name = 'a & b+c #1?' AND CreatedDate > 2026-01-01T00:00:00+01:00";
    await org.client.query.all(soql);
    expect(org.soql).to.deep.equal([soql]);
  });

  it('count without returning records', async () => {
    await using org = await Loopback.start((response) =>
      json(response, 200, { totalSize: 7, done: true, records: [] }),
    );
    expect(await clientOf(org).query.count('SELECT COUNT() FROM Account')).to.equal(7);
  });

  for (const [what, page] of [
    ['end before all records came', { totalSize: 2, done: true, records: [{ Id: '1' }] }],
    ['continue without an address', { totalSize: 2, done: false, records: [{ Id: '1' }] }],
    [
      'continue on another host',
      { totalSize: 2, done: false, nextRecordsUrl: 'http://127.0.0.1:1/x', records: [{ Id: '1' }] },
    ],
  ] as const) {
    it(`fail when the pages ${what}: a look-up that misses a record would send it twice`, async () => {
      await using org = await Loopback.start((response) => json(response, 200, page));
      const error = await failureOf(clientOf(org).query.all('SELECT Id FROM Account'));
      expect(error).to.include({ name: 'LostAnswerError', kind: 'unreadable' });
      expect(org.requests).to.have.length(1);
    });
  }

  it('can be abandoned after a page', async () => {
    const nextRecordsUrl = '/services/data/v66.0/query/01g-2';
    await using org = await Loopback.start((response) =>
      json(response, 200, { totalSize: 9, done: false, nextRecordsUrl, records: [{ Id: '1' }] }),
    );
    for await (const record of clientOf(org).query.records('SELECT Id FROM Account')) {
      expect(record).to.deep.equal({ Id: '1' });
      break;
    }
    expect(org.requests).to.have.length(1);
  });
});

describe('journals', () => {
  const row = { Id: '0lV1', Status: 'Processed', ErrorDescription: null, MemberId: '0lM1', LoyaltyProgramId: '0lp1' };

  it('are found by their numbers, with exactly the same case', async () => {
    const found = ['till9:A', 'till9:a', 'till9:b'].map((ExternalTransactionNumber) => ({
      ...row,
      ExternalTransactionNumber,
    }));
    await using org = await orgWith({ TransactionJournal: found });
    const rows = await org.client.journals.findByExternalNumbers(['till9:a', 'till9:b']);
    expect(rows.map(({ ExternalTransactionNumber }) => ExternalTransactionNumber)).to.deep.equal([
      'till9:a',
      'till9:b',
    ]);
    expect(org.soql[0]).to.match(/ WHERE ExternalTransactionNumber IN \('till9:a','till9:b'\)$/);
  });

  describe('whose list is too long for one URL', () => {
    const numbers = Array.from({ length: 1500 }, (_, index) => `online-retail:536365-85123A-${index}`);
    const next = '/services/data/v66.0/query/01g-2';
    const rowOf = (number: string | undefined): object => ({ ...row, ExternalTransactionNumber: number });

    /** Answers each query of a composite call with one record, of which the first number of the first has another. */
    const answers =
      (part: (index: number) => { httpStatusCode: number; body: unknown } | undefined) =>
      (response: Parameters<typeof json>[0], { url, body }: { url: string; body: string }): void => {
        if (url === next) {
          json(response, 200, { totalSize: 2, done: true, records: [rowOf(numbers[1])] });
          return;
        }
        if (body === '') {
          json(response, 200, { totalSize: 0, done: true, records: [] });
          return;
        }
        const { compositeRequest } = JSON.parse(body) as { compositeRequest: { url: string; referenceId: string }[] };
        const compositeResponse = compositeRequest.map((query, index) => {
          const [, first] = /'([^']*)'/.exec(decodeURIComponent(query.url)) ?? [];
          const page = { totalSize: 1, done: true, records: [rowOf(first)] };
          const two = { ...page, totalSize: 2, done: false, nextRecordsUrl: next };
          const isFirst = first === numbers[0];
          const answer = part(index) ?? { httpStatusCode: 200, body: isFirst ? two : page };
          return { ...answer, httpHeaders: {}, referenceId: query.referenceId };
        });
        json(response, 200, { compositeResponse });
      };

    it('are looked up in several queries, five to a call, with all of their pages', async () => {
      await using org = await Loopback.start(answers(() => undefined));
      const found = await clientOf(org).journals.findByExternalNumbers(numbers);
      const calls = org.requests.filter(({ url }) => url.endsWith('/composite'));
      const parts = calls.flatMap(
        ({ body }) => (JSON.parse(body) as { compositeRequest: { method: string; url: string }[] }).compositeRequest,
      );
      expect(calls).to.have.length(2);
      expect(parts.length).to.be.within(7, 10);
      for (const { url } of parts) {
        expect(url.length).to.be.below(9000);
        expect(url).to.match(/^\/services\/data\/v66\.0\/query\?q=SELECT%20Id/);
      }
      expect(found).to.have.length(parts.length + 1);
      expect(found.map(({ ExternalTransactionNumber }) => ExternalTransactionNumber)).to.include.members([
        numbers[0],
        numbers[1],
      ]);
    });

    it('fail with the error of one of the queries', async () => {
      const refused = { httpStatusCode: 400, body: [{ errorCode: 'INVALID_FIELD', message: 'No such column.' }] };
      await using org = await Loopback.start(answers((index) => (index === 1 ? refused : undefined)));
      const error = await failureOf(clientOf(org).journals.findByExternalNumbers(numbers));
      expect(error).to.include({ name: 'LoyaltyApiError', errorCode: 'INVALID_FIELD' });
    });

    it('fail if the answer has fewer parts than queries', async () => {
      await using org = await Loopback.start((response) => json(response, 200, { compositeResponse: [] }));
      const error = await failureOf(clientOf(org).journals.findByExternalNumbers(numbers));
      expect(error).to.include({ name: 'LostAnswerError', kind: 'unreadable' });
    });
  });

  it('are found or not by a prefix of their numbers', async () => {
    await using none = await orgWith({});
    expect(await none.client.journals.existsWithPrefix('till_9:')).to.equal(false);
    expect(none.soql[0]).to.contain("LIKE 'till\\_9:%' LIMIT 1");
    await using some = await orgWith({ TransactionJournal: [{ Id: '0lV1' }] });
    expect(await some.client.journals.existsWithPrefix('till_9:')).to.equal(true);
  });
});

describe('members', () => {
  const member = { MemberStatus: 'Active', MemberType: 'Individual', EnrollmentDate: '2026-01-01', ContactId: null };
  const byNumber = { ...member, Id: '0lM000000000001AAA', MembershipNumber: 'M-77' };

  it('are found in lists, with the attributes of the rows left out', async () => {
    await using org = await orgWith({
      LoyaltyProgramMember: [{ ...byNumber, attributes: { type: 'LoyaltyProgramMember' } }],
    });
    expect(await org.client.members.find("Captain's Club", ['M-77', 'M-78'])).to.deep.equal([byNumber]);
    expect(org.soql[0]).to.match(
      / WHERE Program\.Name = 'Captain\\'s Club' AND MembershipNumber IN \('M-77','M-78'\)$/,
    );
  });

  it('are resolved by number, and the exact case wins', async () => {
    const other = { ...byNumber, Id: '0lM000000000002AAA', MembershipNumber: 'm-77' };
    await using org = await orgWith({ LoyaltyProgramMember: [other, byNumber] });
    expect(await org.client.members.resolve('P', 'M-77')).to.deep.equal(byNumber);
    expect(org.soql[0]).to.match(/ AND MembershipNumber = 'M-77'$/);
  });

  it('are resolved by Id of 15 or 18 characters, which wins over a number that looks like it', async () => {
    const imitator = { ...byNumber, Id: '0lM000000000002AAA', MembershipNumber: '0lM000000000001' };
    await using org = await orgWith({ LoyaltyProgramMember: [imitator, byNumber] });
    expect(await org.client.members.resolve('P', '0lM000000000001')).to.deep.equal(byNumber);
    expect(org.soql[0]).to.match(/ AND \(Id = '0lM000000000001' OR MembershipNumber = '0lM000000000001'\)$/);
  });

  it('are undefined when there is none', async () => {
    await using org = await orgWith({ LoyaltyProgram: [{ Id: '0lp1', Name: 'P', Status: 'Active' }] });
    expect(await org.client.members.resolve('P', 'M-77')).to.equal(undefined);
  });

  it('have balances, and the current tier in each group', async () => {
    const currency = { TotalPointsAccrued: 500, TotalPointsRedeemed: null, TotalPointsExpired: 0 };
    const tier = (
      Name: string,
      SequenceNumber: number,
      group: string,
      EffectiveDate: string | null,
      TierExpirationDate: string | null,
    ) => ({
      LoyaltyTier: { Id: `0lg ${Name}`, Name, SequenceNumber },
      LoyaltyTierGroup: { Id: `0lt ${group}`, Name: group },
      EffectiveDate,
      TierExpirationDate,
    });
    await using org = await orgWith({
      LoyaltyMemberCurrency: [
        {
          ...currency,
          LoyaltyProgramCurrency: { Id: '0lc1', Name: 'Stars', CurrencyType: 'NonQualifying' },
          PointsBalance: 320.5,
          EscrowPointsBalance: null,
        },
      ],
      LoyaltyMemberTier: [
        tier('Bronze', 1, 'Status', null, null),
        tier('Silver', 2, 'Status', '2026-01-01', '2026-12-31'),
        tier('Gold', 3, 'Status', '2026-07-01', null),
        tier('Sailor', 1, 'Club', '2025-01-01', '2025-12-31'),
      ],
    });
    expect(await org.client.members.balances('P', 'M-77')).to.deep.equal({
      currencies: [
        {
          currencyId: '0lc1',
          currencyName: 'Stars',
          currencyType: 'NonQualifying',
          pointsBalance: 320.5,
          escrowPointsBalance: 0,
          totalPointsAccrued: 500,
          totalPointsRedeemed: 0,
          totalPointsExpired: 0,
        },
      ],
      tiers: [
        {
          tierId: '0lg Silver',
          tierName: 'Silver',
          tierGroupId: '0lt Status',
          tierGroupName: 'Status',
          tierSequenceNumber: 2,
          tierEffectiveDate: '2026-01-01',
          tierExpirationDate: '2026-12-31',
        },
      ],
    });
  });
});

describe('programs and processes', () => {
  it('are found by name in any case', async () => {
    await using org = await orgWith({ LoyaltyProgram: [{ Id: '0lp1', Name: 'Harbour', Status: 'Active' }] });
    expect(await org.client.programs.find('harbour')).to.deep.equal({ Id: '0lp1', Name: 'Harbour', Status: 'Active' });
    expect(org.soql[0]).to.match(/ WHERE Name = 'harbour'$/);
    await using none = await orgWith({});
    expect(await none.client.programs.find('harbour')).to.equal(undefined);
  });

  it('are listed by type', async () => {
    const row = { Id: '1', Name: 'credit Points', ProcessType: 'CreditPointsToMembers', Status: 'Active' };
    await using org = await orgWith({ LoyaltyProgramProcess: [row] });
    expect(await org.client.processes.list('Harbour', 'CreditPointsToMembers')).to.deep.equal([row]);
    expect(org.soql[0]).to.contain("WHERE LoyaltyProgram.Name = 'Harbour' AND ProcessType = 'CreditPointsToMembers'");
  });

  it('fail with the error of the org', async () => {
    await using org = await orgWith({ LoyaltyProgram: 'INVALID_TYPE' });
    expect(await failureOf(org.client.programs.list())).to.include({
      name: 'LoyaltyApiError',
      errorCode: 'INVALID_TYPE',
    });
  });
});
