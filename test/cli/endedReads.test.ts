import { expect } from 'chai';
import { concludeCommand } from '../../src/cli/concludeCommand.js';
import { Shutdown } from '../../src/cli/shutdown.js';
import { LostAnswerError } from '../../src/client/index.js';
import { failureOf } from '../client/loopback.js';

const command = { id: 'loyalty:report:program', orgName: { known: undefined } } as unknown as Parameters<
  typeof concludeCommand
>[0];
const aborted = (isRead: boolean): Error =>
  new LostAnswerError('aborted', 'The request was aborted.', true, { isRead });

describe('a command that a signal ends', () => {
  it('says that it was interrupted, and not that the network failed, if only a read was under way', async () => {
    for (const [isRead, name] of [
      [true, 'InterruptedError'],
      [false, 'LostAnswerError'],
    ] as const) {
      const failure = await failureOf(
        concludeCommand(command, async (signal) => {
          process.emit('SIGINT');
          expect(signal.aborted).to.equal(true);
          throw aborted(isRead);
        }),
      );
      expect(failure).to.include({ name });
      if (isRead) expect(failure).to.include({ exitCode: 130 });
    }
  });

  it('is ended at once while it computes and would hear no signal, and hears it before and after', () => {
    using shutdown = new Shutdown();
    const heard = process.listenerCount('SIGINT');
    expect(shutdown.unheard(() => process.listenerCount('SIGINT'))).to.equal(heard - 1);
    expect(process.listenerCount('SIGINT')).to.equal(heard);
  });
});
