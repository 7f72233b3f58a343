import { expect } from 'chai';
import { OutboxAddressError, OutboxDatabaseError, shownPlace } from '../../src/outbox/index.js';
import { readPostgresAddress } from '../../src/outbox/postgres/postgresAddress.js';

function refusalOf(address: string): OutboxAddressError {
  try {
    readPostgresAddress(address);
  } catch (error) {
    if (error instanceof OutboxAddressError) return error;
    throw error;
  }
  throw new Error(`${address} was taken.`);
}

describe('the address of a shared outbox', () => {
  it('has a name and a lease of its own, and leaves the rest to PostgreSQL', () => {
    const address = 'postgres://till:s3cret%40@db.example:6432/loyalty?outbox=harbour&lease=2.5&sslmode=verify-full';
    expect(readPostgresAddress(address)).to.deep.equal({
      connectionString: 'postgres://till:s3cret%40@db.example:6432/loyalty?sslmode=verify-full',
      outbox: 'harbour',
      lease: 2500,
      shown: 'postgres://till@db.example:6432/loyalty?outbox=harbour&lease=2.5&sslmode=verify-full',
    });
    for (const mode of ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'])
      expect(shownPlace(`postgres://h/d?sslmode=${mode}`)).to.include(mode);
    expect(shownPlace('postgres:///loyalty?host=/run/postgresql&connect_timeout=3')).to.include('host=');
  });

  for (const [address, reason, action] of [
    ['postgres://h/d?lease=0.5', 'lease=0.5 is not valid', 'from 1 to 300'],
    ['postgres://h/d?lease=301', 'lease=301 is not valid', 'from 1 to 300'],
    ['postgres://h/d?lease=ten', 'lease=ten is not valid', 'from 1 to 300'],
    ['postgres://h/d?lease=', 'lease= is not valid', 'from 1 to 300'],
    ['postgres://h/d?outbox=%20', 'outbox=  is not valid', 'the name of the outbox'],
    ['postgres://h/d?outbox=x&outbox=z', 'outbox= more than once', 'Leave the others out'],
    ['postgres://h/d?sslmode=require&sslmode=disable', 'sslmode= more than once', 'Leave the others out'],
    ['postgres://h/d?outbx=x', 'The parameter outbx is not known', 'Did you mean outbox?'],
    ['postgres://h/d?colour=red', 'The parameter colour is not known', 'outbox and lease'],
    [
      'postgres://h/d?sslmode=bogus',
      'sslmode=bogus is not valid',
      'disable, allow, prefer, require, verify-ca, verify-f',
    ],
    ['postgres://h/d?port=none', 'port=none is not valid', 'from 1 to 65535'],
    ['postgres://h:99999/d', 'not an address', 'from 1 to 65535'],
    ['postgres://h:0/d', 'not an address', 'from 1 to 65535'],
    ['postgres://h:port/d', 'not an address', 'from 1 to 65535'],
    ['postgres://u:50%@h/d', 'a % that begins no escape', '%25'],
    ['postgres://h/d%ff', 'a % that begins no escape', '%25'],
  ] as const) {
    it(`is refused with the value, the reason and what to do: ${address}`, () => {
      const { message, shown, actions } = refusalOf(address);
      expect(message).to.include(reason).and.include(shown);
      expect(actions.join()).to.include(action);
    });
  }

  it('is refused without its password, wherever that is', () => {
    for (const address of [
      'postgres://till:s3cret@h:0/d',
      'postgres://till:s3c/s3cret@h/d',
      'postgres://till:s3c@s3cret:@h:x/d',
      'postgres://till:s3cret%@h/d',
      'postgres://till@h/d?password=s3cret&lease=0',
      'postgres://till@h/d?lease=0&sslpassword=s3cret',
    ]) {
      const { message, shown, actions } = refusalOf(address);
      expect(`${message} ${shown} ${actions.join()}`).to.include('till').and.not.include('s3c');
    }
  });
});

describe('a database that TLS keeps away', () => {
  for (const [reason, action] of [
    ['The server does not support SSL connections', 'sslmode=disable'],
    ['self-signed certificate', 'sslrootcert='],
    ["Hostname/IP does not match certificate's altnames: Host: h", 'as its certificate does'],
  ] as const) {
    it(`names sslmode, or what else helps: ${reason}`, () => {
      const error = new OutboxDatabaseError('postgres://h/d?sslmode=verify-full', false, new Error(reason));
      expect(error.actions.join()).to.include(action).and.include('sslmode').and.include('Nothing is sent twice');
    });
  }
});
