import { readdir, stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { join } from 'node:path';
import { formatOf } from '../openFeed.js';
import type { FeedFormat } from '../openFeed.js';

/** A file in a watched folder that has a marker, or that a feed could be read from. */
export interface FolderFile {
  readonly path: string;
  /** Changes if the file is written again. */
  readonly version: string;
  /** Undefined if it has none. */
  readonly marker: FileMarker | undefined;
}

export interface FileMarker {
  /** Changes if the marker is written again. */
  readonly version: string;
  /** Whether it was written before its file, so that the file may not be complete. */
  readonly isTooEarly: boolean;
}

/** What is in a watched folder. */
export interface FolderContent {
  /** In the order of their names. */
  readonly files: readonly FolderFile[];
  /** Paths at which a marker says that there is a file, and there is none. */
  readonly absent: readonly string[];
}

export interface FolderPlace {
  readonly folder: string;
  /** Ending of the markers. */
  readonly suffix: string;
  /** Of all files in the folder; undefined if their names tell it. */
  readonly format: FeedFormat | undefined;
}

/**
 * Returns the files of a folder that have a marker beside them, and those without one that could be feeds.
 * @throws {Error} if the folder cannot be read
 */
export async function folderContent({ folder, suffix, format }: FolderPlace): Promise<FolderContent> {
  const names = new Set(await readdir(folder));
  const ofMarkers = new Set([...names].filter((name) => name.endsWith(suffix)).map((name) => cut(name, suffix)));
  const unmarked = [...names].filter(
    (name) => !ofMarkers.has(name) && !name.endsWith(suffix) && mayBeFeed(name, format),
  );
  const marked = [...ofMarkers].filter((name) => names.has(name));
  const found = await Promise.all([
    ...marked.map((name) => markedFile(join(folder, name), suffix)),
    ...unmarked.map((name) => unmarkedFile(join(folder, name))),
  ]);
  const files = found.filter((file) => file !== undefined);
  files.sort((one, other) => (one.path < other.path ? -1 : 1));
  const absent = [...ofMarkers].filter((name) => !names.has(name)).sort();
  return { files, absent: absent.map((name) => join(folder, name)) };
}

function cut(name: string, suffix: string): string {
  return name.slice(0, name.length - suffix.length);
}

/** Programs keep what is not meant for others in files whose names begin with a dot. */
function mayBeFeed(name: string, format: FeedFormat | undefined): boolean {
  if (name.startsWith('.')) return false;
  if (format !== undefined) return true;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** Returns a file that has a marker; undefined if one of them has been removed. */
export async function markedFile(path: string, suffix: string): Promise<FolderFile | undefined> {
  const [file, marker] = await Promise.all([path, `${path}${suffix}`].map(statsOf));
  if (file === undefined || marker === undefined) return undefined;
  const isTooEarly = file.mtimeMs > marker.mtimeMs;
  return { path, version: versionOf(file), marker: { version: versionOf(marker), isTooEarly } };
}

async function unmarkedFile(path: string): Promise<FolderFile | undefined> {
  const file = await statsOf(path);
  return file?.isFile() === true ? { path, version: versionOf(file), marker: undefined } : undefined;
}

function versionOf({ ino, size, mtimeMs }: Stats): string {
  return `${ino} ${size} ${mtimeMs}`;
}

function statsOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}
