import { expect } from 'chai';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { openDoor, sale } from './openDoor.js';

/** Sends bytes that may not be a whole request. `answer` is what came until the connection ended. */
async function sendRaw(url: string, bytes: string): Promise<{ readonly answer: Promise<string> }> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(bytes);
  return { answer: text(socket).catch(() => '') };
}

const head = 'POST /transactions HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n';

describe('requests that are not whole', () => {
  for (const [what, bytes] of [
    ['headers', head],
    ['body', `${head}content-length: 100\r\n\r\n{`],
  ] as const) {
    it(`get 408 when the rest of their ${what} does not come`, async () => {
      await using door = await openDoor({ door: { requestTimeout: 200 } });
      const { answer } = await sendRaw(door.door.url, bytes);
      const told = await answer;
      expect(told).to.match(/^HTTP\/1\.1 408 /);
      expect(told).to.include('"TOO_SLOW"');
    });
  }

  it('hold the end of the door only for its grace, and others are answered', async () => {
    await using door = await openDoor({ door: { grace: 100 } });
    const { answer } = await sendRaw(door.door.url, `${head}content-length: 100\r\n\r\n{`);
    expect((await door.post(sale('1'))).status).to.equal(202);
    await door.door.close();
    expect(await answer).to.equal('');
  });

  it('without a host are answered as others are', async () => {
    await using door = await openDoor();
    const { answer } = await sendRaw(door.door.url, 'GET /transactions/x HTTP/1.1\r\nconnection: close\r\n\r\n');
    expect(await answer).to.match(/^HTTP\/1\.1 404 [^]*"code":/);
  });
});
