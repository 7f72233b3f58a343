import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { counted } from '../../base/text/counted.js';
import type { ByteSource, OpenBytes } from '../bytes/byteSource.js';
import { FeedError } from '../feedError.js';
import type { ChangeWait } from './changeWait.js';
import { PassedBytes } from './passedBytes.js';
import type { WatchReading } from './watchOptions.js';

const chunkBytes = 64 * 1024;

/**
 * The bytes of a file that grows. They do not end at the end of the file, but when the watch is over, or when another
 * file has taken the place of this one and nothing is written to this one any more.
 */
export class GrowingFile implements ByteSource {
  readonly name: string;
  readonly #wait: ChangeWait;
  readonly #tell: WatchReading['tell'];
  #wasReplaced = false;
  #wasCutOff = false;

  constructor(path: string, wait: ChangeWait, tell: WatchReading['tell']) {
    this.name = path;
    this.#wait = wait;
    this.#tell = tell;
  }

  /** Whether the bytes ended because another file has taken the place of this one. */
  get wasReplaced(): boolean {
    return this.#wasReplaced;
  }

  /** Whether the bytes ended because the watch was ended, so that something may still be appended. */
  get wasCutOff(): boolean {
    return this.#wasCutOff;
  }

  async size(): Promise<number | undefined> {
    return (await stat(this.name).catch(() => undefined))?.size;
  }

  open(): OpenBytes {
    const stop = new AbortController();
    return { chunks: this.#chunks(stop.signal), abandon: () => stop.abort() };
  }

  async *#chunks(signal: AbortSignal): AsyncGenerator<Uint8Array, undefined> {
    await using file = await open(this.name);
    const passed = new PassedBytes();
    const place = new FilePlace(this.name, this.#wait, this.#tell);
    while (!signal.aborted) {
      const isLast = this.#wait.isOver();
      for await (const chunk of this.#newBytes(file, passed)) {
        place.came();
        yield chunk;
      }
      if (await place.isTakenFrom(await file.stat(), isLast)) {
        // It may have been written to between the last look at it and its move.
        yield* this.#newBytes(file, passed);
        this.#wasReplaced = true;
        return undefined;
      }
      // Something may have come just before the watch would have ended because nothing came.
      if (isLast && this.#wait.isOver()) {
        this.#wasCutOff = !this.#wait.isIdle;
        return undefined;
      }
      await this.#wait.next(signal);
    }
    return undefined;
  }

  /**
   * Yields what the file has behind the bytes that have passed.
   * @throws {FeedError} if it has no longer what was read before
   */
  async *#newBytes(file: FileHandle, passed: PassedBytes): AsyncGenerator<Buffer> {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, passed.count);
      // Only afterwards is it certain that these bytes follow those: it can be overwritten at any moment.
      await this.#mustBeUnchanged(file, passed);
      if (bytesRead === 0) return;
      const chunk = buffer.subarray(0, bytesRead);
      passed.add(chunk);
      this.#wait.came();
      yield chunk;
    }
  }

  /** @throws {FeedError} if what was read is not in the file any more */
  async #mustBeUnchanged(file: FileHandle, passed: PassedBytes): Promise<void> {
    if (await passed.areIn(file)) return;
    const { size } = await file.stat();
    if (size >= passed.count)
      throw noLongerSame(this.name, 'was changed while it was watched, before the place up to which it had been read');
    const why = `it has only ${counted(size, 'byte')} now, but ${passed.count} had been read`;
    throw noLongerSame(this.name, `was truncated while it was watched: ${why}`);
  }
}

/** The place at which a file was found: another file may take it, or none may be there. */
class FilePlace {
  readonly #path: string;
  readonly #wait: ChangeWait;
  readonly #tell: WatchReading['tell'];
  #isGone = false;
  /** Since when another file is there and nothing was written to this one. */
  #quietSince: number | undefined;

  constructor(path: string, wait: ChangeWait, tell: WatchReading['tell']) {
    this.#path = path;
    this.#wait = wait;
    this.#tell = tell;
  }

  /** Records that something was written to the file. */
  came(): void {
    this.#quietSince = undefined;
  }

  /**
   * Whether another file is there, and this one has been read to its end. It must have been quiet for a while: a program
   * may write to its log for a moment after it was renamed.
   */
  async isTakenFrom(own: Stats, isLast: boolean): Promise<boolean> {
    const there = await stat(this.#path).catch(() => undefined);
    if (there === undefined) await this.#gone();
    if (there === undefined || (there.ino === own.ino && there.dev === own.dev)) return false;
    const now = this.#wait.clock.monotonic();
    this.#quietSince ??= now;
    return isLast || now - this.#quietSince >= this.#wait.poll;
  }

  async #gone(): Promise<void> {
    if (this.#isGone) return;
    this.#isGone = true;
    const message = `${this.#path} was moved or deleted while it was watched. The watch waits until it is there again.`;
    await this.#tell({ code: 'feed-gone', message });
  }
}

function noLongerSame(path: string, what: string): FeedError {
  return new FeedError('position-refused', `The feed ${path} ${what}.`, [
    'Start the watch again to read the file as it is now: rows that are already known are recognized by their keys.',
    'Append to a watched file, and rotate it by renaming it: what is overwritten may never have been read.',
  ]);
}
