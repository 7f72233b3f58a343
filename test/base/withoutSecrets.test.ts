import { expect } from 'chai';
import { shortText } from '../../src/base/shortText.js';
import { withoutSecrets } from '../../src/base/withoutSecrets.js';

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
    it(`is told of ${text.replace(secret, '…')}`, () => {
      expect(withoutSecrets(text))
        .to.contain('(hidden)')
        .and.to.not.match(/S3cr3t/);
    });
  }

  it('stays as it is where there are none', () => {
    for (const text of [
      'The bearer of bad news, and a Basic rule.',
      'https://harbour.my.salesforce.com/services/data/v66.0/query?q=SELECT',
      'INVALID_FIELD: No such column 00D on entity Organization 00D5g00000AbCdE',
      'The member 0lM000000000001 has paid 12 at till:7@harbour',
    ]) {
      expect(withoutSecrets(text)).to.equal(text);
    }
  });

  it('hides what is known to be secret, and is long enough to be told from other words', () => {
    expect(withoutSecrets('It is my-very-own-password!', ['my-very-own-password', 'is'])).to.equal('It is (hidden)!');
  });
});

describe('a short text', () => {
  it('names its length, and does not cut a character in half', () => {
    expect(shortText('x'.repeat(500))).to.have.length(500);
    expect(shortText('x'.repeat(100_000))).to.equal(`${'x'.repeat(500)}… (100,000 characters)`);
    expect(shortText(`${'x'.repeat(499)}😀😀`).slice(0, 500)).to.equal(`${'x'.repeat(499)}…`);
  });
});
