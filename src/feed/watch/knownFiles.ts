import type { FolderFile } from './folderFiles.js';
import { generationName } from './generationName.js';

/** Why a file is not read as it is. */
export type UnreadReason = 'feed-changed' | 'marker-too-early' | 'marker-missing';

/** What is to be done with a file: nothing, because it was read as it is; nothing for a reason; or to read it. */
export type FileState = 'read' | UnreadReason | ToRead;

export interface ToRead {
  /** Name of the feed: the path, numbered if the file was read before and has been written again. */
  readonly name: string;
  readonly generation: number;
}

/** What an earlier process has read of a file. */
export interface EarlierFile {
  readonly generation: number;
  /** Whether the file is still as it was. */
  readonly isSame: boolean;
}

/** What was read of a file last. */
interface Reading {
  /** Undefined if the file has been written again since. */
  readonly version: string | undefined;
  /** Version of its marker; undefined if it is not known. */
  readonly marker: string | undefined;
  readonly generation: number;
}

/** The files of a folder that were read. */
export class KnownFiles {
  readonly #readings = new Map<string, Reading | undefined>();
  readonly #names = new Set<string>();
  readonly #earlier: (path: string) => Promise<EarlierFile | undefined>;

  /** @param earlier returns what an earlier process has read of the file at a path */
  constructor(earlier: (path: string) => Promise<EarlierFile | undefined>) {
    this.#earlier = earlier;
  }

  /** Records that a file is being read as it is. */
  take({ path, version, marker }: FolderFile, { name, generation }: ToRead): void {
    this.#names.add(name);
    this.#readings.set(path, { version, marker: marker?.version, generation });
  }

  /** Whether a file at this path was read, be it gone now or not. */
  async wasRead(path: string): Promise<boolean> {
    return (this.#readings.get(path) ?? (await this.#earlier(path))) !== undefined;
  }

  async stateOf(file: FolderFile): Promise<FileState> {
    const { path, version, marker } = file;
    const known = await this.#readingOf(file);
    if (!known) {
      if (!marker) return 'marker-missing';
      return marker.isTooEarly ? 'marker-too-early' : this.#toRead(path, 1);
    }
    if (known.version === version) return 'read';
    // The marker that said that it was complete said so of what it was before.
    const isComplete = marker && !marker.isTooEarly && marker.version !== known.marker;
    return isComplete ? this.#toRead(path, known.generation + 1) : 'feed-changed';
  }

  async #readingOf({ path, version, marker }: FolderFile): Promise<Reading | undefined> {
    if (this.#readings.has(path)) return this.#readings.get(path);
    const earlier = await this.#earlier(path);
    const { generation, isSame } = earlier ?? {};
    const reading =
      generation === undefined
        ? undefined
        : { generation, version: isSame ? version : undefined, marker: isSame ? marker?.version : undefined };
    this.#readings.set(path, reading);
    return reading;
  }

  /** Another file may really have the name that a generation would get. */
  #toRead(path: string, first: number): ToRead {
    let generation = first;
    while (this.#names.has(generationName(path, generation))) generation += 1;
    return { name: generationName(path, generation), generation };
  }
}
