import { basename } from 'node:path';
import { counted } from '../../base/text/counted.js';
import type { UnreadReason } from './knownFiles.js';
import type { FolderFile } from './folderFiles.js';
import type { WatchNote } from './watchOptions.js';

export interface UnreadFile {
  readonly file: FolderFile;
  readonly why: UnreadReason;
}

/** Milliseconds for which nothing happens to a file before a person is told that it is not read. */
const quiet = 60_000;
const mostNames = 5;

/** Finds the files of a running watch that are not read although nobody seems to write to them any more. */
export class ForgottenFiles {
  /** By path: since when a file has been as it is, and whether that was told. */
  readonly #since = new Map<string, { readonly state: string; readonly at: number; isTold: boolean }>();

  /** Returns those that have now been forgotten for a while, each once. */
  find(unread: readonly UnreadFile[], now: number): UnreadFile[] {
    const paths = new Set(unread.map(({ file }) => file.path));
    for (const path of this.#since.keys()) if (!paths.has(path)) this.#since.delete(path);
    return unread.filter(({ file, why }) => {
      const state = `${why} ${file.version}`;
      const known = this.#since.get(file.path);
      if (known?.state !== state) this.#since.set(file.path, { state, at: now, isTold: false });
      else if (!known.isTold && now - known.at >= quiet) return (known.isTold = true);
      return false;
    });
  }
}

/** Returns a note for each reason why files were not read. */
export function unreadNotes(unread: readonly UnreadFile[], suffix: string): WatchNote[] {
  const byReason = Map.groupBy(unread, ({ why }) => why);
  return [...byReason].map(([code, files]) => {
    const paths = files.map(({ file }) => file.path);
    return { code, message: sentences[code](paths, suffix) };
  });
}

/** Returns the note about markers that have no file beside them. */
export function aloneNote(absent: readonly string[], suffix: string): WatchNote {
  const markers = namesOf(absent.map((path) => `${path}${suffix}`));
  const message = `Markers without a file: ${markers}. The marker of till.csv is till.csv${suffix}.`;
  return { code: 'marker-alone', message };
}

const sentences: Readonly<Record<UnreadReason, (paths: readonly string[], suffix: string) => string>> = {
  'feed-changed': (paths, suffix) =>
    `Read, and then written again without a new marker: ${namesOf(paths)}. What was written later is not read before ` +
    `the marker, such as ${markerOf(paths, suffix)}, is written again.`,
  'marker-too-early': (paths, suffix) =>
    `Not read, because it is newer than its marker and may not be complete: ${namesOf(paths)}. Write the marker, such ` +
    `as ${markerOf(paths, suffix)}, when the file is complete.`,
  'marker-missing': (paths, suffix) =>
    `Not read, because it has no marker: ${namesOf(paths)}. Write the marker, such as ${markerOf(paths, suffix)}, when ` +
    'the file is complete.',
};

function markerOf([path = '']: readonly string[], suffix: string): string {
  return `${basename(path)}${suffix}`;
}

/** The first names are enough to see what has gone wrong. */
function namesOf(paths: readonly string[]): string {
  const rest = paths.length - mostNames;
  const named = paths.slice(0, mostNames).join(', ');
  return rest > 0 ? `${named} and ${counted(rest, 'other')}` : named;
}
