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
    `postgres://me:${secret}@db.example/shop`,
    `postgresql://:${secret}@db.example/shop`,
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
      'sync start --file postgres://reader@db.example.com/shop?sslmode=require',
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
    'escaped as in an address within an address': encodeURIComponent(
      encodeURIComponent(escaped((code) => `%${hex(code).slice(2)}`)),
    ),
    'with its marks as HTML names them': token.replaceAll('.', '&period;').replace('!', '&excl;'),
    'escaped as in HTML within HTML': escaped((code) => `&amp;#${code};`),
    'escaped as in JavaScript': escaped((code) => `\\x${hex(code).slice(2)}`),
    'escaped by code points': escaped((code) => `\\u{${hex(code)}}`),
    'escaped in octal digits': escaped((code) => `\\${code.toString(8).padStart(3, '0')}`),
    'without its beginning': `…${part.slice(3)}`,
    'without all but a part': part.slice(5, 20),
    'in two lines': `${token.slice(0, 40)}\r\n ${token.slice(40)}`,
    'in two lines of JSON': JSON.stringify(`${token.slice(0, 40)}\r\n ${token.slice(40)}`).slice(1, -1),
    'one letter at a time': Array.from(part).join(' '),
    'with NUL between': Array.from(part).join('\0'),
    'with tags between': Array.from(part).join('<wbr>'),
    'within a tag': `<i title="${part}">`,
    'with a quote in it': `${part.slice(0, 10)}"${part.slice(10)}`,
    'with marks that join': Array.from(part).join('\u034f'),
    'in full width': escaped((code) => String.fromCharCode(code + 0xfee0)),
    'as Base64': Buffer.from(token).toString('base64'),
    'as Base64 behind something else': Buffer.from(`{"t":"${token}"}`).toString('base64url'),
    'in hexadecimal digits': Buffer.from(token).toString('hex'),
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
    const text = `The <b>org</b> ${org} has K4P8hjmo &amp; 100%25 of 2026; see https://x.example/?q=1&a=2`;
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
