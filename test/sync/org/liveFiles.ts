import { join } from 'node:path';
import type { Random } from '../../../src/base/random.js';
import { FeedError, openFeed, watchFile, watchFolder } from '../../../src/feed/index.js';
import type { SyncService, Transaction } from '../../../src/sync/index.js';
import type { VirtualClock } from '../../support/virtualClock.js';
import { mapping } from './changingFile.js';
import { hasEnded, unlessClosed } from './liveProcess.js';
import type { LiveProcess } from './liveProcess.js';
import { MarkedFolder } from './markedFolder.js';
import type { Marks } from './marks.js';
import { MortalWatch } from './mortalWatch.js';
import { RotatedFile } from './rotatedFile.js';
import { oneOf } from './trouble.js';

interface FilesContext {
  readonly random: Random;
  readonly marks: Marks;
  readonly clock: VirtualClock;
}

/** What is written to disk while services watch: a file that grows and is rotated, and a folder in which files arrive. */
export class LiveFiles {
  readonly #file: RotatedFile;
  readonly #folder: MarkedFolder;
  readonly #context: FilesContext;

  constructor(
    folder: string,
    sales: Readonly<Record<'file' | 'folder', readonly Transaction[]>>,
    context: FilesContext,
  ) {
    this.#file = new RotatedFile(join(folder, 'watched.csv'), sales.file);
    this.#folder = new MarkedFolder(join(folder, 'in'), sales.folder);
    this.#context = context;
  }

  /** Returns the watches of one process. */
  watches(): Pick<LiveProcess, 'file' | 'folder'> {
    const { marks, clock } = this.#context;
    const file = new MortalWatch((options) => watchFile(this.#file.path, mapping, { ...options, clock }));
    const folder = new MortalWatch(
      (options) => watchFolder(this.#folder.path, mapping, { ...options, clock }),
      (name) => marks.met(name.endsWith(')') ? 'folder: read again' : 'folder: read'),
    );
    return { file, folder };
  }

  /** Reads until the watches end: first the files that were moved away, in their order. */
  async watch(service: SyncService, process: LiveProcess): Promise<void> {
    await Promise.all([this.#watchFile(service, process), process.folder.readInto(service).catch(unlessClosed)]);
  }

  /** Writes until the process is over, or everything is written. */
  async write(process: LiveProcess): Promise<void> {
    await Promise.all([this.#writeFile(process), this.#writeFolder(process)]);
  }

  /** What has been in a file of the folder with its marker. */
  get marked(): readonly Transaction[] {
    return this.#folder.marked;
  }

  /** Writes the rest of a line that was begun. */
  complete(): void {
    this.#file.complete();
  }

  async #watchFile(service: SyncService, { file, life }: LiveProcess): Promise<void> {
    try {
      for (const path of [...this.#file.archives])
        await life.receive(service.feed(file.mortal(await openFeed(path, mapping))));
      await file.readInto(service);
    } catch (error) {
      // A truncated file is read again by the next process.
      if (!(error instanceof FeedError)) unlessClosed(error);
    }
  }

  async #writeFile(process: LiveProcess): Promise<void> {
    const { random, clock, marks } = this.#context;
    while (!process.isOver && !this.#file.isWritten) {
      await process.life.receive(clock.sleep(random.integer(20, 2000)));
      if (hasEnded(process)) return;
      if (this.#file.grow(random.next() < 0.4 ? 1 : random.next())) marks.met('watch: half a line');
      if (!process.isLast && process.file.hasRead && random.next() < 0.15) this.#rotate(process.file);
    }
  }

  #rotate(watch: MortalWatch): void {
    watch.expectAnother();
    const how = oneOf(this.#context.random, ['replace', 'truncate'] as const);
    this.#file[how]();
    this.#context.marks.met(how === 'replace' ? 'watch: replaced' : 'watch: truncated');
  }

  async #writeFolder(process: LiveProcess): Promise<void> {
    const { random, clock, marks } = this.#context;
    while (!process.isOver && !this.#folder.isWritten) {
      await process.life.receive(clock.sleep(random.integer(20, 3000)));
      if (hasEnded(process)) return;
      marks.met(`folder: ${this.#folder.step(random.next() < 0.4)}`);
    }
  }
}
