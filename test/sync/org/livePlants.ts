import type { OpenBytes } from '../../../src/feed/bytes/byteSource.js';
import type { FolderFile } from '../../../src/feed/watch/folderFiles.js';
import { GrowingFile } from '../../../src/feed/watch/growingFile.js';
import { KnownFiles } from '../../../src/feed/watch/knownFiles.js';
import type { FileState } from '../../../src/feed/watch/knownFiles.js';
import type { IntakeChunk, StoredThreshold } from '../../../src/outbox/index.js';
import type { LivePlant } from './liveSimulation.js';
import { around } from './witness.js';

/** A service with one fault, named after what is wrong with it. */
export interface NamedLivePlant extends LivePlant {
  readonly name: string;
  /** Changes the engine itself. Returns a function that undoes the change. */
  readonly patch?: () => () => void;
}

export const livePlants: readonly NamedLivePlant[] = [
  {
    name: 'answers a push before the commit',
    outbox: (outbox, life) => {
      const accept = async (proceed: () => Promise<unknown>, chunk: IntakeChunk): Promise<unknown> => {
        if (chunk.feed !== 'push') return proceed();
        void life.moment('after accept').then(proceed);
        return chunk.transactions.map(() => 'new');
      };
      return around(outbox, { intake: around(outbox.intake, { accept }) });
    },
  },
  {
    name: 'loses the half of a line that is at the end of a watched file',
    patch: () => {
      const engine = GrowingFile.prototype;
      const own = Object.getOwnPropertyDescriptor(engine, 'open') ?? {};
      const open = own.value as (this: GrowingFile) => OpenBytes;
      const replaced = function (this: GrowingFile): OpenBytes {
        const opened = open.call(this);
        return { chunks: wholeLines(opened.chunks), abandon: () => opened.abandon() };
      };
      Object.defineProperty(engine, 'open', { ...own, value: replaced });
      return () => Object.defineProperty(engine, 'open', own);
    },
  },
  {
    name: 'does not read a file of a folder again that was written again',
    patch: () => {
      const engine = KnownFiles.prototype;
      const own = Object.getOwnPropertyDescriptor(engine, 'stateOf') ?? {};
      const stateOf = own.value as KnownFiles['stateOf'];
      const replaced = async function (this: KnownFiles, file: FolderFile): Promise<FileState> {
        const state = await stateOf.call(this, file);
        return typeof state === 'object' && state.generation > 1 ? 'read' : state;
      };
      Object.defineProperty(engine, 'stateOf', { ...own, value: replaced });
      return () => Object.defineProperty(engine, 'stateOf', own);
    },
  },
  {
    name: 'records a threshold as told before it was told',
    outbox: (outbox) => {
      const { followed } = outbox;
      const untold = async (proceed: () => Promise<unknown>): Promise<unknown> => {
        const waiting = (await proceed()) as StoredThreshold[];
        await followed.told(waiting.map(({ id }) => id));
        return waiting;
      };
      return around(outbox, { followed: around(followed, { untold }) });
    },
  },
];

async function* wholeLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield chunk.subarray(0, chunk.lastIndexOf(0x0a) + 1);
}
