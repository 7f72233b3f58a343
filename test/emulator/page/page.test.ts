import { expect } from 'chai';
import { printable } from '../../../src/base/text/printable.js';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { Emulator } from '../../../src/emulator/index.js';
import { html } from '../../../src/base/text/htmlMarkup.js';
import { RecentRequests } from '../../../src/emulator/page/recentRequests.js';
import { exampleOrg } from '../../../src/program/index.js';
import { RestClient, seedProgram } from '../restClient.js';

describe('The page of the local org', () => {
  let org: Emulator;
  let client: RestClient;

  beforeEach(async () => {
    org = await Emulator.start();
    client = new RestClient(org);
  });

  afterEach(() => org.stop());

  const page = async (of = org): Promise<string> => (await fetch(of.url)).text();
  const parts = async (): Promise<Record<string, string>> => {
    return (await (await fetch(`${org.url}/emulator/page`)).json()) as Record<string, string>;
  };

  it('needs no session, uses no API call, and loads nothing from other servers', async () => {
    const response = await fetch(org.url);
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('text/html;charset=UTF-8');
    expect(org.usage.used).to.equal(0);
    const text = await response.text();
    expect(text)
      .to.match(/<html lang="en">/)
      .and.not.match(/(?:src|href|action)="(?!data:,|#|\/")/);
    expect(text.match(/https?:\/\/[^\s'"<]+/g)?.filter((url) => !url.startsWith(org.url))).to.deep.equal([]);
  });

  it('forbids everything that it does not need', async () => {
    const { headers } = await fetch(org.url);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).to.match(
      /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; connect-src 'self'/,
    );
    expect(policy).not.to.match(/unsafe|\*/);
    expect(headers.get('x-content-type-options')).to.equal('nosniff');
    expect(headers.get('cache-control')).to.equal('no-store');
  });

  it('is read-only', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const { status, body } = await client.send(method, '/services/..', {});
      expect([status, body[0].errorCode], method).to.deep.equal([405, 'METHOD_NOT_ALLOWED']);
    }
  });

  it('shows members with their balances and progress', async () => {
    const { programId, memberId } = seedProgram(org);
    const currency = org.store.insert('LoyaltyProgramCurrency', { Name: 'Stars', LoyaltyProgramId: programId });
    org.store.insert('LoyaltyMemberCurrency', {
      ...{ LoyaltyMemberId: memberId, LoyaltyProgramCurrencyId: currency, Name: 'x', TotalPointsAccrued: 1_234.5 },
    });
    const promotion = org.store.insert('Promotion', {
      ...{ Name: 'Ten cups', LoyaltyProgramId: programId, StartDate: '2026-01-01', CumulativeUsageTarget: 40 },
    });
    org.store.insert('LoyaltyProgramMbrPromotion', {
      ...{ LoyaltyProgramMemberId: memberId, PromotionId: promotion, CumulativeUsageCompleted: 30 },
    });
    const text = await page();
    expect(text).to.include('Ada Nimbus').and.include('M-77 · Cirrus').and.include('<dd>1,234.5</dd>');
    expect(text).to.include('75 %').and.include('aria-label="Ten cups: 30 of 40"');
  });

  /** Members with this much of a target of 10, by name. */
  function enroll(completed: Record<string, number | undefined>): void {
    const { programId } = seedProgram(org);
    const PromotionId = org.store.insert('Promotion', {
      ...{ Name: 'Ten cups', LoyaltyProgramId: programId, StartDate: '2026-01-01', CumulativeUsageTarget: 10 },
    });
    for (const [LastName, CumulativeUsageCompleted] of Object.entries(completed)) {
      const ContactId = org.store.insert('Contact', { LastName, Email: `${LastName.toLowerCase()}@example.com` });
      const LoyaltyProgramMemberId = org.store.insert('LoyaltyProgramMember', {
        ...{ ProgramId: programId, ContactId, MembershipNumber: `N-${LastName}` },
        ...{ EnrollmentDate: '2026-01-01', MemberStatus: 'Active' },
      });
      if (CumulativeUsageCompleted === undefined) continue;
      const parents = { LoyaltyProgramMemberId, PromotionId };
      org.store.insert('LoyaltyProgramMbrPromotion', { ...parents, CumulativeUsageCompleted }, { as: 'org' });
    }
  }

  const namesIn = (members = ''): (string | undefined)[] =>
    [...members.matchAll(/<h3>\s*([^<]+?)\s*</g)].map(([, name]) => name);

  it('shows members nearest to a reward first, then those who have reached it', async () => {
    enroll({ Done: 143, Half: 5, None: undefined, Near: 9, Once: 10, Begun: 1 });
    const { members = '' } = await parts();
    expect(namesIn(members).slice(0, 5)).to.deep.equal(['Near', 'Half', 'Begun', 'Once', 'Done']);
    expect(namesIn(members)).to.include.members(['None', 'Ada Nimbus']);
  });

  it('tells how often a target was reached instead of showing 1430 %', async () => {
    enroll({ Done: 143, Once: 12 });
    const { members = '' } = await parts();
    expect(members).to.include('<b>reached 14 times</b>').and.include('143 in all, 10 each');
    expect(members).to.include('<b>reached</b>').and.include('12 of 10');
    expect(members).not.to.match(/\d{3,} %/);
  });

  it('shows twelve members, four of them unfolded: the nearest, then those with the latest transactions, then the newest', async () => {
    const { programId, memberId } = seedProgram(org);
    for (let number = 0; number < 20; number++) {
      org.store.insert('LoyaltyProgramMember', {
        ...{ ProgramId: programId, GroupName: `Group ${number}`, MembershipNumber: `G-${number}` },
        ...{ EnrollmentDate: '2026-01-01', MemberStatus: 'Inactive' },
      });
    }
    org.store.insert('TransactionJournal', { MemberId: memberId, ActivityDate: '2026-04-03' });
    const { members = '' } = await parts();
    expect(namesIn(members)).to.have.lengthOf(12);
    expect(namesIn(members).slice(0, 3)).to.deep.equal(['Ada Nimbus', 'Group 19', 'Group 18']);
    expect(members)
      .to.include('Inactive')
      .and.match(/<summary>8 more<\/summary>/);
  });

  describe('searches members', () => {
    const found = async (text: string): Promise<Record<string, string>> => {
      const response = await fetch(`${org.url}/emulator/page?member=${encodeURIComponent(text)}`);
      return (await response.json()) as Record<string, string>;
    };

    beforeEach(() => enroll({ Smith: 3, Blacksmith: undefined, "100%_O'Neil": 1 }));

    const searches: Record<string, string[]> = {
      smith: ['Smith', 'Blacksmith'],
      'N-Smith': ['Smith'],
      'smith@example': ['Smith', 'Blacksmith'],
      '  Blacksmith ': ['Blacksmith'],
      '100%_': ['100%_O&#39;Neil'],
      "' OR '1'='1": [],
      '%': ['100%_O&#39;Neil'],
    };

    for (const [text, names] of Object.entries(searches)) {
      it(`for ${text}`, async () => {
        const { members, found: says = '' } = await found(text);
        expect(namesIn(members)).to.have.members(names);
        expect(says).to.match(names.length === 0 ? /^No member matches/ : new RegExp(`^${names.length} member`));
      });
    }

    it('with a form too, and shows the search text', async () => {
      const text = await (await fetch(`${org.url}/?member=%22%3Eblack`)).text();
      expect(text).to.include('value="&#34;&#62;black"').and.include('No member matches');
      const other = await (await fetch(`${org.url}/?member=black`)).text();
      expect(namesIn(other.slice(other.indexOf('id="members"'))))
        .to.include('Blacksmith')
        .and.not.include('Smith');
    });

    it('and shows what would turn the direction of the text around it', async () => {
      const text = await (await fetch(`${org.url}/?member=a%E2%80%AEb`)).text();
      expect(text).to.not.include('\u202e');
      expect(text).to.include('value="a\\u202eb"').and.to.include('No member matches “a\\u202eb”.');
    });

    it('and shows all members again without a search', async () => {
      await found('smith');
      expect(namesIn((await parts())['members'])).to.have.lengthOf(4);
    });
  });

  it('shows the totals of a program', async () => {
    await using example = await Emulator.start({ seed: exampleOrg });
    const { store } = example;
    const response = await fetch(`${example.url}/emulator/page`);
    const { programs = '' } = (await response.json()) as Record<string, string>;
    const text = programs.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    const [stars] = store.find('LoyaltyProgramCurrency', { Name: 'Stars' });
    const balances = store.find('LoyaltyMemberCurrency', { LoyaltyProgramCurrencyId: stars?.Id });
    const issued = balances.reduce((sum, row) => sum + Number(row['TotalPointsAccrued']), 0);
    const points = new Intl.NumberFormat('en', { maximumFractionDigits: 2 }).format(issued);
    expect(text)
      .to.match(/^ ?Harbour Rewards Members 20 /)
      .and.include(` Stars issued ${points} `);
    const tiers = [...text.matchAll(/(Bronze|Silver|Gold) (\d+)/g)].map(([, , members]) => Number(members));
    expect(tiers.reduce((sum, members) => sum + members, 0)).to.equal(20);
  });

  it('quotes membership numbers in commands, so that each stays one command', async () => {
    const { memberId } = seedProgram(org);
    const evil = "x'; rm -rf ~ #";
    org.store.update('LoyaltyProgramMember', memberId, { MembershipNumber: evil }, { as: 'org' });
    const { members = '' } = await parts();
    const [, code = ''] = /<code>\s*([^<]*?)\s*<\/code>/.exec(members) ?? [];
    const command = code.replace(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number)));
    const { stdout } = await promisify(execFile)('sh', ['-c', command.replace(/^sf/, "printf '%s\n'")]);
    expect(stdout.split('\n')).to.deep.equal([
      ...['loyalty', 'list', 'promotions', '--member', evil, '--target-org', 'local', ''],
    ]);
  });

  it('counts records without reading many rows', async () => {
    org.store.insert('Account', { Name: 'one' });
    const gone = org.store.insert('Account', { Name: 'gone' });
    org.store.delete('Account', gone);
    const { objects = '' } = await parts();
    expect(objects).to.match(/Accounts <code>Account<\/code><\/span\s*>\s*<b>1<\/b>/);
    expect(objects).not.to.include('<code>Voucher</code>');
    await using large = await Emulator.start();
    large.store.transaction(() => {
      for (let number = 0; number <= 20_000; number++) large.store.insert('Account', { Name: 'many' });
    });
    expect(await page(large)).to.match(/≈ 20,001/);
  });

  it('shows the last requests, without tokens', async () => {
    await client.query("SELECT Id FROM Account WHERE Name = 'a+b'");
    await fetch(`${org.url}/id/00D/005?format=json&oauth_token=${org.accessToken}`);
    await client.get('/sobjects/Nothing');
    await page();
    const { requests = '', totals = '' } = await parts();
    expect(requests).to.include('SELECT Id FROM Account WHERE Name = &#39;a+b&#39;');
    expect(requests).to.match(/class="status s4" title="Not Found">404/);
    expect(requests).to.include('oauth_token=…').and.not.include(org.accessToken);
    expect(totals).to.match(/<dd>3<\/dd>/);
  });

  it('shows the active faults', async () => {
    expect((await parts())['faults']).to.include('None');
    await using faulty = await Emulator.start({
      faults: {
        rules: [
          {
            fault: 'error',
            name: 'flaky',
            rate: 0.25,
            skip: 2,
            match: { method: ['POST', 'PATCH'], bodyContains: '<x>' },
          },
          { fault: 'quota', count: 1 },
        ],
      },
    });
    const rest = new RestClient(faulty);
    await rest.get('/limits');
    const text = (await page(faulty)).replace(/\s+/g, ' ');
    expect(text).to.include('<b>flaky (error)</b>');
    expect(text).to.include(
      'POST or PATCH to any path with “&#60;x&#62;”, 25 % of them, after the first 2. Struck 0 of 0.',
    );
    expect(text).to.include('<b>quota</b> (spent)').and.include('Every API call, once. Struck 1 of 1.');
    expect(text).to.include('<em>quota</em>');
  });

  it('shows how to use sf with the org, with a valid token or a placeholder for one', async () => {
    const [, token = ''] = /SF_ACCESS_TOKEN=&#39;([^&]+)&#39;/.exec(await page()) ?? [];
    expect((await new RestClient(org, token).get('/limits')).status).to.equal(200);
    await using strict = await Emulator.start({ strictAuth: true });
    const text = await page(strict);
    expect(text).to.include('the token of the start command').and.not.include(strict.accessToken);
  });

  it('escapes everything that comes from the org', async () => {
    const { memberId } = seedProgram(org);
    const member = org.store.get('LoyaltyProgramMember', memberId);
    org.store.update('Contact', String(member?.['ContactId']), {
      FirstName: '<script>alert(1)</script>',
      LastName: '"\'',
    });
    await client.get('/sobjects/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E');
    const text = await page();
    expect(text).not.to.include('<script>alert').and.not.include('<img');
    expect(text).to.include('&#60;script&#62;alert(1)&#60;/script&#62; &#34;&#39;');
  });

  it('is where "sf org open" leads', async () => {
    const response = await fetch(`${org.url}/secur/frontdoor.jsp?otp=local`);
    expect(response.url).to.equal(`${org.url}/`);
  });
});

describe('Content of the page', () => {
  it('is always escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`${text}`.text).not.to.match(/[<>"'`]/);
        expect(
          html`${text}`.text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
        ).to.equal(text.replace(/\p{Bidi_Control}|(?![\t\n\r])\p{Cc}/gu, printable));
      }),
    );
  });

  it('is limited in size', () => {
    const requests = new RecentRequests({ now: () => 7, sleep: () => Promise.resolve() }, 3);
    const record = (url: string): void => requests.record({ method: 'GET', url, status: 200, milliseconds: 1 });
    for (const url of ['/a', '/b', '/', '/?member=x', '/c', '/emulator/page', '/d', `/${'x'.repeat(1_000)}`])
      record(url);
    expect(requests.total).to.equal(5);
    expect(requests.list().map(({ url }) => url.slice(0, 2))).to.deep.equal(['/x', '/d', '/c']);
    expect(requests.list()[0]?.url).to.have.lengthOf(301);
  });
});
