import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readMembers, toEnrollmentRequest } from '../../src/feed/index.js';

describe('A member to enroll', () => {
  it('may have values in any case, and is sent with the spelling of the guide', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loyalty-members-'));
    try {
      const file = join(folder, 'members.csv');
      const channels = ['POS', 'pos', 'Pos', 'WEB', 'callCenter'];
      const rows = channels.map((channel, index) => `WX-${index},Okafor,${channel}`);
      await writeFile(file, `membershipNumber,lastName,enrollmentChannel\n${rows.join('\n')}\nWX-9,Okafor,Pigeon\n`);
      const rejections: string[] = [];
      const sent: unknown[] = [];
      for await (const request of readMembers(file, { onRejection: ({ message }) => rejections.push(message) })) {
        sent.push(request.enrollmentChannel);
      }
      expect(sent).to.deep.equal(['Pos', 'Pos', 'Pos', 'Web', 'CallCenter']);
      expect(rejections).to.have.length(1);
      expect(rejections[0]).to.include('line 7: enrollmentChannel "Pigeon"');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  for (const [name, text, problems] of [
    ['rows.csv', 'membershipNumber,lastName\n,\nWX-1,Okafor\n,,,\n', []],
    [
      'rows.ndjson',
      '{"membershipNumber":"WX-0","membershipNumber":"WX-1"}',
      ['line 1 has the name "membershipNumber" twice in one object.'],
    ],
    ['capitals.ndjson', '{"lastName":"Okafor","LASTNAME":"Diaz"}', ['line 1 has the column lastName twice.']],
  ] as const)
    it(`is read from odd rows, or they are reported: ${name}`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'loyalty-members-'));
      try {
        await writeFile(join(folder, name), text);
        const rejections: string[] = [];
        const sent: unknown[] = [];
        for await (const request of readMembers(join(folder, name), {
          onRejection: ({ message }) => rejections.push(message),
        }))
          sent.push(request.membershipNumber);
        expect(rejections).to.deep.equal(problems.map((problem) => `${join(folder, name)}, ${problem}`));
        expect(sent).to.have.length(problems.length === 0 ? 1 : 0);
      } finally {
        await rm(folder, { recursive: true });
      }
    });

  it('is not read from a file whose header has a column twice', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loyalty-members-'));
    try {
      const file = join(folder, 'members.csv');
      await writeFile(file, 'lastName,email,lastname\nA,b,C\n');
      const error = await readMembers(file, { onRejection: () => undefined })
        .next()
        .catch((thrown: unknown) => thrown);
      expect((error as Error).message).to.equal(`${file}, line 1 has the column lastName twice.`);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('may get a default of a command, in any case', () => {
    const values = { membershipNumber: 'WX-1', lastName: 'Okafor' };
    expect(toEnrollmentRequest(values, { enrollmentChannel: 'POS' }).enrollmentChannel).to.equal('Pos');
  });
});
