import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import * as commands from '../../../src/emulator/page/pageCommands.js';

const org = { url: 'http://127.0.0.1:8366', token: '00D000000000000!local' };

/** What each program gets that a real shell runs for these lines. */
function words(lines: readonly string[]): string[] {
  const stubs = 'say() { printf \'%s\\0\' "$@"; }; sf() { say sf "$@"; }; curl() { say curl "$@"; }';
  const output = execFileSync('/bin/sh', ['-c', `${stubs}\n${lines.join('\n')}\nsay "$SF_ORG_INSTANCE_URL"`]);
  return output.toString().split('\0').slice(0, -1);
}

describe('commands that the page gives to copy', () => {
  it('mean to a shell what they say, also for a member who would run one', () => {
    const member = "x'; touch X; \x1b[2J\n$(touch X)";
    expect(words([commands.promotionsOf(member, 'posix')])).to.deep.equal([
      ...['sf', 'loyalty', 'list', 'promotions', '--member', member, '--target-org', 'local', ''],
    ]);
    expect(commands.promotionsOf(member, 'powershell')).to.equal(
      'sf loyalty list promotions --member MEMBER --target-org local',
    );
    expect(words(commands.failTwice(org.url, 'posix'))).to.include('{"fault":"error","status":503,"count":2}');
    expect(words(commands.logInCommands(org, 'posix'))).to.include.members([
      '--instance-url',
      org.url,
      '--alias',
      'local',
    ]);
    expect(words(commands.useOnce(org, 'posix'))).to.include.members([org.token, org.url]);
  });

  it('are those of PowerShell on Windows', () => {
    expect(commands.logInCommands(org, 'powershell')).to.deep.equal([
      "$env:SF_ACCESS_TOKEN = '00D000000000000!local'",
      'sf org login access-token --no-prompt --instance-url http://127.0.0.1:8366 --alias local',
    ]);
    expect(commands.useOnce(org, 'powershell')).to.deep.equal([
      "$env:SF_ORG_INSTANCE_URL = 'http://127.0.0.1:8366'",
      "sf loyalty list progress --near '75' --target-org '00D000000000000!local'",
    ]);
    expect(commands.failTwice(org.url, 'powershell').join('\n')).to.not.match(/\\$|curl/m);
    expect(commands.keepAndEnd(org.url, 'powershell')[1]).to.equal(
      'sf loyalty emulator stop --url http://127.0.0.1:8366',
    );
    expect(commands.nearReward('powershell')).to.have.length(1);
  });
});
