import { tmpdir } from 'node:os';
import { counted } from '../base/text/counted.js';
import { namesText } from '../base/text/namesText.js';
import { diskReason } from '../base/sqlite/sqliteCodes.js';
import type { DiskCode } from '../base/sqlite/sqliteCodes.js';
import { isPostgresAddress } from './postgres/postgresAddress.js';
import type { UnreadFeeds } from './storedFeed.js';

/** What to do instead of naming another file, where the outbox has an address. */
const otherName = 'another outbox ("outbox=" in the address)';
const areLookedUp = 'transactions are looked up in the org before they are sent';

/** Another process, or another caller in this process, is delivering from the same outbox. */
export class OutboxBusyError extends Error {
  override readonly name = 'OutboxBusyError';

  constructor(
    readonly outbox: string,
    readonly holder: string,
  ) {
    const advice = isPostgresAddress(outbox)
      ? 'Wait until no worker runs, or end all of them, because a standby takes over from the one that ends; then try ' +
        'again. Files can be handed in meanwhile: "sync start --intake-only".'
      : 'Wait until it has ended, or end it, then try again.';
    super(`The outbox ${outbox} is in use by ${holder}. ${advice}`);
  }
}

/**
 * Another process has taken the outbox over while this one was working on it. This process must not send anything more.
 */
export class OutboxTakenError extends Error {
  override readonly name = 'OutboxTakenError';
  readonly actions: readonly string[];
  /** Whether the run can be resumed then. Otherwise the outbox may not know it. */
  readonly isResumable: boolean;

  constructor(
    readonly outbox: string,
    /** What happened, as a clause. */
    detail: string,
    {
      action = 'Let the other process end. Then resume the run; nothing is sent twice.',
      isResumable = true,
    }: { readonly action?: string; readonly isResumable?: boolean } = {},
  ) {
    super(`The outbox ${outbox} no longer belongs to this process: ${detail}. This process has stopped sending.`);
    this.actions = [action];
    this.isResumable = isResumable;
  }

  /** The outbox has gone back to an earlier time, although nobody else has it. */
  static goneBack(outbox: string): OutboxTakenError {
    const detail = 'its database no longer has what this process has stored, as if it was restored from a backup';
    const action = 'Start the run again, or a worker: what the outbox has forgotten is looked up in the org first.';
    return new OutboxTakenError(outbox, detail, { action, isResumable: false });
  }

  /** Another file is at the path of the outbox. */
  static replaced(outbox: string): OutboxTakenError {
    const action = 'Start the run again: what this file does not know is looked up in the org first.';
    return new OutboxTakenError(outbox, 'another file is in its place', { action, isResumable: false });
  }

  /** Nothing is at the path of the outbox any more. Its log stays there, and is needed. */
  static moved(outbox: string): OutboxTakenError {
    const action = 'Put it back beside its -wal file. Then resume the run; nothing is sent twice.';
    return new OutboxTakenError(outbox, 'its file was moved or removed', { action });
  }
}

/** There is no outbox at the path or address. */
export class NoOutboxError extends Error {
  override readonly name = 'NoOutboxError';

  constructor(readonly path: string) {
    super(
      isPostgresAddress(path)
        ? `There is no outbox at ${path}. Start a run or a worker first, or correct the address: its database, or its "outbox=".`
        : `There is no outbox at ${path}. Start a run first, or name the file of an earlier run.`,
    );
  }
}

/** The file, or what the log of a shared outbox makes, is something else than an outbox. */
export class NotAnOutboxError extends Error {
  override readonly name = 'NotAnOutboxError';

  constructor(
    readonly path: string,
    kind: 'outbox' | 'lock' = 'outbox',
  ) {
    const text = isPostgresAddress(path)
      ? `What is stored at ${path} is not an outbox, and was left as it is. Name another database, or ${otherName}.`
      : `The file ${path} is not an outbox, and was left as it is. Name another file.`;
    super(
      kind === 'outbox'
        ? text
        : `The file ${path} is not the lock file of an outbox, and was left as it is. Remove it, or name another outbox.`,
    );
  }
}

/** The outbox was written by another version of this package. */
export class OutboxFormatError extends Error {
  override readonly name = 'OutboxFormatError';
  readonly actions: readonly string[];

  constructor(
    readonly path: string,
    readonly format: number,
    readonly readable: number,
  ) {
    super(`The outbox ${path} has format ${format}; this version reads format ${readable}. It was left as it is.`);
    const other = isPostgresAddress(path) ? `begin with ${otherName}` : 'name another file';
    this.actions =
      format > readable
        ? ['Update the plugin.']
        : [`Finish its runs with the version that wrote it, or ${other}: ${areLookedUp}.`];
  }
}

/** The disk has changed the file, so its keys can no longer be trusted. Or a log does not fit together. */
export class OutboxDamagedError extends Error {
  override readonly name = 'OutboxDamagedError';
  readonly actions: readonly string[];

  constructor(
    readonly path: string,
    /** SQLite's description of the damage. */
    readonly detail: string,
    cause?: unknown,
  ) {
    const isShared = isPostgresAddress(path);
    const what = isShared ? `The outbox ${path}, or its copy on this machine,` : `The outbox ${path}`;
    super(`${what} is damaged (${detail}). Nothing more is sent from it.`, { cause });
    this.actions = isShared
      ? [
          'Repeat the command: it makes a new copy.',
          `If that is damaged, too, restore the latest backup of the database, or begin with ${otherName}: ${areLookedUp}.`,
        ]
      : [
          `Remove the -wal file beside the outbox and restore the latest backup, or move both files away and start with an empty outbox: ${areLookedUp}.`,
        ];
  }
}

/** The disk under an outbox failed, or under the copy of a shared one. */
export class OutboxDiskError extends Error {
  override readonly name = 'OutboxDiskError';
  readonly actions: readonly string[];

  constructor(
    readonly path: string,
    readonly code: DiskCode,
    cause: unknown,
    /** Whether nothing was in it before. */
    readonly isEmpty = false,
  ) {
    const isShared = isPostgresAddress(path);
    const folder = 'the folder for temporary files of this machine';
    const what = isShared ? `The copy of the outbox ${path} in ${folder} (${tmpdir()})` : `The outbox ${path}`;
    const kept = isEmpty ? 'Nothing was stored in it' : 'What was stored before is kept';
    super(`${what} cannot be used: ${diskReason(code, cause)}. ${kept}.`, { cause });
    const next = isEmpty
      ? 'repeat the command, or name another file'
      : 'continue: resume the run, or repeat a single call with the same key. Nothing is sent twice';
    const mend = isShared ? `${copyMends[code]}, or name another folder in TMPDIR` : diskMends[code];
    this.actions = [`${mend}, then ${next}.`];
  }
}

/** The database of a shared outbox cannot be used. */
export class OutboxDatabaseError extends Error {
  override readonly name = 'OutboxDatabaseError';
  readonly actions: readonly string[];

  /** @param isPassing whether the same may work a little later */
  constructor(
    readonly outbox: string,
    readonly isPassing: boolean,
    cause: unknown,
  ) {
    super(`The outbox ${outbox} cannot be used: ${reasonOf(cause)}. What was stored before is kept.`, { cause });
    const mend = isPassing ? 'Check that the database runs and can be reached' : mendOf(reasonOf(cause));
    this.actions = [`${mend}. Then repeat the command, or resume its run. Nothing is sent twice.`];
  }
}

function mendOf(reason: string): string {
  if (/does not support SSL/i.test(reason))
    return 'Let the server use TLS, or, in a network that you trust, write sslmode=disable in the address';
  if (/altnames/i.test(reason))
    return 'Name the host in the address as its certificate does. With sslmode=verify-full, the name must be the same';
  if (/certificate/i.test(reason))
    return 'Add sslrootcert=FILE with the certificate of the authority to the address. sslmode says how the server is checked';
  return 'Check the address, the user, the password (PGPASSWORD, or a .pgpass file) and what the user may do';
}

function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(reasonOf).join(', ');
  return cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause);
}

const diskMends: Readonly<Record<DiskCode, string>> = {
  readOnly: 'Make the file and its folder writable',
  io: 'Repair the disk, or copy the outbox with its -wal file to another one',
  full: 'Make room on its disk',
  cannotOpen: 'Check who may read and write the file and its folder',
};

const copyMends: Readonly<Record<DiskCode, string>> = {
  readOnly: 'Make this folder writable',
  io: 'Repair the disk of this folder',
  full: 'Make room in this folder',
  cannotOpen: 'Check who may read and write in this folder',
};

/** The file has a second name. A program that uses that name would miss the log, which lies beside the first one. */
export class LinkedOutboxError extends Error {
  override readonly name = 'LinkedOutboxError';
  readonly actions = ['Remove the other hard link, or copy the file and name the copy.'];

  constructor(readonly path: string) {
    super(`The outbox ${path} has more than one hard link, so its log may be missed. It was left as it is.`);
  }
}

/** The file alone was given to a container, whose other files are not those of the machine. */
export class MountedOutboxError extends Error {
  override readonly name = 'MountedOutboxError';
  readonly actions = ['Mount the folder of the outbox instead of the file.'];

  constructor(readonly path: string) {
    super(
      `The outbox ${path} is mounted without its folder, so its log and its lock, which lie beside it, are not those ` +
        'that other machines and containers see, and may be lost. It was left as it is.',
    );
  }
}

/** Somebody asked to erase a member who still has open transactions. */
export class OpenItemsError extends Error {
  override readonly name = 'OpenItemsError';
  readonly actions = [
    'Deliver them first: resume the run; with "--unknown-members refuse", what waits for a missing member is refused. Decide about parked ones: retry them. Repeat single calls with the same command and key.',
  ];

  constructor(
    readonly member: string,
    readonly open: number,
    readonly outbox: string,
  ) {
    super(
      `The outbox ${outbox} still owes the org ${counted(open, 'transaction')} of the member ${member}. Nothing was erased.`,
    );
  }
}

/** A member cannot be erased while somebody may still bring transactions of it. */
export class FeedsWaitError extends Error {
  override readonly name = 'FeedsWaitError';
  readonly actions: readonly string[];

  constructor(
    readonly feeds: UnreadFeeds,
    readonly outbox: string,
  ) {
    const { waiting, refused } = feeds;
    const could = 'that may name any member';
    const parts = [
      ...(waiting > 0 ? [`${counted(waiting, 'feed')} ${could} ${waiting === 1 ? 'waits' : 'wait'} to be read`] : []),
      ...(refused.length > 0
        ? [`${counted(refused.length, 'feed')} ${could} could not be read (${namesText(refused)})`]
        : []),
    ];
    super(`For the outbox ${outbox}, ${parts.join(', and ')}. Nothing was erased.`);
    this.actions = [
      ...(refused.length > 0
        ? [
            'Correct each file that could not be read, or its mapping, and hand it in again with the same path and --replace-refused.',
          ]
        : []),
      'Let a worker read what waits. Then erase the member.',
    ];
  }
}

/**
 * Returns whether the error comes from the outbox, not from the org or the network. It says nothing about what was
 * sent.
 */
export function isOutboxError(error: unknown): boolean {
  return outboxErrors.some((kind) => error instanceof kind);
}

const outboxErrors = [
  OutboxBusyError,
  OutboxTakenError,
  NotAnOutboxError,
  OutboxDamagedError,
  OutboxDiskError,
  OutboxDatabaseError,
];
