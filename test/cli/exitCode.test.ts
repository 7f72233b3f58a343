import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { LostAnswerError, LoyaltyApiError, LoyaltyProcessError, UnknownMemberError } from '../../src/client/index.js';
import { adviceFor } from '../../src/cli/errors/errorAdvice.js';
import { exitCodeOf, exitCodes } from '../../src/cli/errors/exitCodes.js';
import { lookUpAdvice } from '../../src/cli/errors/lookUpAdvice.js';
import { exitCodeAfter } from '../../src/cli/keyedOutcome.js';
import { KeyConflictError, OutboxBusyError, OutboxDatabaseError } from '../../src/sync/index.js';
import type { OnceResult } from '../../src/sync/index.js';

/** Returns an error answer of the org. */
function answer(statusCode: number, errorCode: string, message = ''): LoyaltyApiError {
  return new LoyaltyApiError({ statusCode, headers: {}, body: JSON.stringify([{ errorCode, message }]) });
}

describe('exit codes', () => {
  it('match the table in the README', async () => {
    const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');
    const rows = [...readme.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
    expect(rows).to.deep.equal([0, 1, 2, 68, 69, 130]);
    expect(rows).to.include.members(Object.values(exitCodes));
  });

  for (const [what, error, code] of [
    ['an expired session', answer(401, 'INVALID_SESSION_ID'), 69],
    ['a user without permission', answer(403, 'INSUFFICIENT_ACCESS'), 69],
    ['used-up daily calls', answer(403, 'REQUEST_LIMIT_EXCEEDED'), 69],
    ['a busy org', answer(503, 'SERVER_UNAVAILABLE'), 69],
    ['a locked row', answer(400, 'UNABLE_TO_LOCK_ROW'), 69],
    ['a failure of the org', answer(500, 'UNKNOWN_EXCEPTION'), 69],
    ['an unreachable org', new LostAnswerError('notConnected', 'Nobody.', false), 69],
    ['no session', new LostAnswerError('notSent', 'Nobody.', false), 69],
    ['a lost answer', new LostAnswerError('timeout', 'Nobody.', true), 69],
    ['an outbox in use', new OutboxBusyError('till.sqlite', 'process 1'), 69],
    ['a database that is away', new OutboxDatabaseError('postgres://db/x', true, new Error('ECONNREFUSED')), 69],
    ['a database with another password', new OutboxDatabaseError('postgres://db/x', false, new Error('28P01')), 69],
    ['a refusal', answer(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION'), 68],
    ['a key that is taken', new KeyConflictError('k-1'), 68],
    ['an error of ours', new Error('Not foreseen.'), 1],
  ] as const) {
    it(`${code} for ${what}`, () => expect(adviceFor(error).exitCode).to.equal(code));
  }

  it('1 for something that does not exist', () => {
    expect(lookUpAdvice(new UnknownMemberError('M-1', 'P')).exitCode).to.equal(1);
  });

  it('come with advice about the way to the org for a page that is no answer of it, whatever its status', () => {
    const page = new LostAnswerError('unreadable', 'An answer that is not JSON.', true, { isRead: true });
    expect(adviceFor(page).actions.join()).to.match(/HTTPS_PROXY and the instance URL/);
  });

  it('come with the name of the org to log in to', () => {
    const ended = answer(401, 'INVALID_SESSION_ID');
    expect(adviceFor(ended, { orgName: 'shop' }).actions[0]).to.match(/^Log in to the org shop again/);
    expect(adviceFor(ended).actions[0]).to.match(/^Log in to the org again/);
  });

  it('come with advice about --process only for a command that has the flag', () => {
    const failure = new LoyaltyProcessError({ status: false, message: 'No.' });
    expect(adviceFor(failure, { takesProcess: true }).actions.join()).to.include('--process');
    const [advice, ...others] = adviceFor(failure, { takesProcess: false }).actions;
    expect(advice).to.include('Promotion Setup').and.not.include('--process');
    expect(others).to.deep.equal([]);
  });

  it('for many records: unfinished ones take precedence over those that need a person', () => {
    expect(exitCodeOf({ refused: 0, open: 0 })).to.equal(0);
    expect(exitCodeOf({ refused: 1, open: 0 })).to.equal(68);
    expect(exitCodeOf({ refused: 1, open: 1 })).to.equal(69);
  });

  it('for a keyed call: turned away for now is not refused for good', () => {
    const said = { code: null, reason: '', message: '', nothingStored: true };
    const refused = (failure: Extract<OnceResult<never>, { status: 'refused' }>['failure']): number =>
      exitCodeAfter({ status: 'refused', failure });
    expect(refused({ kind: 'refused', ...said })).to.equal(68);
    expect(refused({ kind: 'stop', ...said, toDo: 'Log in.' })).to.equal(69);
    expect(refused({ kind: 'later', ...said, pause: 'lock' })).to.equal(69);
    expect(exitCodeAfter({ status: 'unclear', before: 1 })).to.equal(68);
    expect(exitCodeAfter({ status: 'unknown', why: 'lost', until: 0, message: '' })).to.equal(69);
    expect(exitCodeAfter({ status: 'known', answer: 1 })).to.equal(0);
  });
});
