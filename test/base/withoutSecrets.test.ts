import { expect } from 'chai';
import { shortText } from '../../src/base/text/shortText.js';
import { withoutSecrets } from '../../src/base/text/withoutSecrets.js';

describe('a text without secrets', () => {
  const secret = 'S3cr3t.of_the-org';
  const texts = [
    `token 00D5g00000AbCdE!AQ.${secret}`,
    `?sid=00D5g00000AbCdE%21AQ.${secret}&x=1`,
    `Authorization: Bearer ${secret}`,
    `"access_token":"${secret}"`,
    String.raw`{\"refresh_token\": \"${secret}\"}`,
    `<sessionId>${secret}</sessionId>`,
    `Cookie: sid=${secret}; oid=1`,
    `client_secret=${secret}&grant_type=x`,
    `http://me:${secret}@proxy.example`,
    `5Aep861${secret.replaceAll(/\W/g, '')}5Aep861`,
    `eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.${secret.replaceAll('.', '')}`,
  ];
  for (const text of texts) {
    it(`is made from ${text.replace(secret, '…')}`, () => {
      expect(withoutSecrets(text))
        .to.contain('(hidden)')
        .and.to.not.match(/S3cr3t/);
    });
  }

  it('stays unchanged if it has no secrets', () => {
    for (const text of [
      'The bearer of bad news, and a Basic rule.',
      'https://harbour.my.salesforce.com/services/data/v66.0/query?q=SELECT',
      'INVALID_FIELD: No such column 00D on entity Organization 00D5g00000AbCdE',
      'The member 0lM000000000001 has paid 12 at till:7@harbour',
    ]) {
      expect(withoutSecrets(text)).to.equal(text);
    }
  });

  it('hides known secrets that are too long to be ordinary words', () => {
    expect(withoutSecrets('It is my-very-own-password!', ['my-very-own-password', 'is'])).to.equal('It is (hidden)!');
  });

  const token = '00D5g00000AbCdEEAK!K4P8hjmoHPVZ5K.RowF.0TXTGI5oR66zNmJOpTQRsCgTTgPQ';
  const [org = '', part = ''] = token.split('!');
  const escaped = (escape: (code: number) => string): string =>
    Array.from(token, (character) => escape(character.charCodeAt(0))).join('');
  const hex = (code: number): string => code.toString(16).padStart(4, '0');
  for (const [how, spelling] of Object.entries({
    'with an HTML escape in it': `${org}&#33;${part}`,
    'without the Id of the org': part,
    'without its end': part.slice(0, 40),
    'in lower case, as part of a host': `${part.toLowerCase()}.evil.example`,
    'broken by an invisible character': `${token.slice(0, 60)}\u200b${token.slice(60)}`,
    'broken early': `${org}!${part.slice(0, 9)}\u200b${part.slice(9)}`,
    'escaped as in JSON': escaped((code) => `\\u${hex(code)}`),
    'escaped as in JSON within JSON': escaped((code) => `\\\\u${hex(code)}`),
    'escaped as in an address': escaped((code) => `%${hex(code).slice(2).toUpperCase()}`),
    'escaped as in HTML': escaped((code) => `&#x${hex(code)};`),
  })) {
    it(`hides a known token ${how}`, () => {
      const text = withoutSecrets(`A ${spelling} B`, [token]);
      expect(text)
        .to.contain('(hidden)')
        .and.to.match(/^A .* ?B$/);
      const letters = (from: string): string => from.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
      for (let at = 0; at + 8 <= part.length; at++)
        expect(letters(text)).to.not.contain(letters(part.slice(at, at + 8)) || '-');
      // The Id of the org may be shown.
      expect(text.match(/(?:u00|%|&#x00)[0-9a-f]{2}/gi) ?? []).to.have.length.at.most(`${org}!`.length);
    });
  }

  it('leaves the words next to a known token unchanged', () => {
    const text = `The org ${org} has K4P8hjmo of 2026; see https://x.example/?q=1&a=2`;
    expect(withoutSecrets(text, [token])).to.equal(text);
  });
});

describe('a short text', () => {
  it('has the full length of the text, and does not cut a character in half', () => {
    expect(shortText('x'.repeat(500))).to.have.length(500);
    expect(shortText('x'.repeat(100_000))).to.equal(`${'x'.repeat(500)}… (100,000 characters)`);
    expect(shortText(`${'x'.repeat(499)}😀😀`).slice(0, 500)).to.equal(`${'x'.repeat(499)}…`);
  });
});
