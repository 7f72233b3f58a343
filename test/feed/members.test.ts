import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readMembers, toEnrollmentRequest } from '../../src/feed/index.js';

describe('A member to enroll', () => {
  it('may have words of the request in any case, and is sent in the spelling of the guide', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loyalty-members-'));
    try {
      const file = join(folder, 'members.csv');
      const channels = ['POS', 'pos', 'Pos', 'WEB', 'callCenter'];
      const rows = channels.map((channel, index) => `WX-${index},Okafor,${channel}`);
      await writeFile(file, `membershipNumber,lastName,enrollmentChannel\n${rows.join('\n')}\nWX-9,Okafor,Pigeon\n`);
      const rejections: string[] = [];
      const sent: unknown[] = [];
      for await (const request of readMembers(file, {}, ({ message }) => rejections.push(message))) {
        sent.push(request.enrollmentChannel);
      }
      expect(sent).to.deep.equal(['Pos', 'Pos', 'Pos', 'Web', 'CallCenter']);
      expect(rejections).to.have.length(1);
      expect(rejections[0]).to.include('line 7: enrollmentChannel "Pigeon"');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('may get the default of a command in any case', () => {
    const values = { membershipNumber: 'WX-1', lastName: 'Okafor' };
    expect(toEnrollmentRequest(values, { enrollmentChannel: 'POS' }).enrollmentChannel).to.equal('Pos');
  });
});
