import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpDoor } from '../../src/door/index.js';
import type { DoorAnswer, DoorOptions } from '../../src/door/index.js';
import { harbourRewards } from '../../src/program/index.js';
import { SqliteOutbox, SyncService } from '../../src/sync/index.js';
import type { ServiceOptions, SyncReport, Transaction } from '../../src/sync/index.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

/** A local org, a service and a door in front of it. */
export interface OpenDoor extends AsyncDisposable {
  readonly shop: Shop;
  readonly service: SyncService;
  readonly door: HttpDoor;
  readonly answers: readonly DoorAnswer[];
  /** Errors that the callers were told nothing about. */
  readonly errors: readonly Error[];
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  /** Closes door and outbox, and opens others on the same file. */
  again(): Promise<OpenDoor>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnsweredBody;
}

interface AnsweredBody {
  readonly key?: string;
  readonly is?: string;
  readonly status?: string;
  readonly error?: { readonly code: string; readonly message: string };
  readonly results?: readonly (AnsweredBody & { readonly status: number })[];
}

interface Options {
  readonly door?: Partial<DoorOptions>;
  readonly service?: Partial<ServiceOptions>;
}

export async function openDoor(options: Options = {}): Promise<OpenDoor> {
  const folder = await mkdtemp(join(tmpdir(), 'loyalty-door-'));
  const shop = await openShop({ members: 3 });
  const end = async (): Promise<void> => {
    await shop[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  };
  return doorOn(join(folder, 'till.sqlite'), { shop, end, options });
}

interface Place {
  readonly shop: Shop;
  readonly end: () => Promise<void>;
  readonly options: Options;
}

async function doorOn(path: string, place: Place): Promise<OpenDoor> {
  const { shop, options } = place;
  const outbox = await SqliteOutbox.open(path);
  const service = await SyncService.open({
    ...{ client: shop.client, program: harbourRewards.name, outbox, source: 'till', flushAfter: 0 },
    ...options.service,
  });
  const answers: DoorAnswer[] = [];
  const errors: Error[] = [];
  const watchers = { onAnswer: (each: DoorAnswer) => answers.push(each), onError: (each: Error) => errors.push(each) };
  const door = await HttpDoor.open({ service, ...watchers, ...options.door });
  let isOver = false;
  const close = async (): Promise<void> => {
    isOver = true;
    await door.close();
    await service.drain().catch((): SyncReport | undefined => undefined);
    await outbox[Symbol.asyncDispose]();
  };
  return {
    ...{ shop, service, door, answers, errors },
    post: (body, headers) => post(`${door.url}/transactions`, body, headers),
    get: async (route, headers = {}) => answered(await fetch(`${door.url}${route}`, { headers })),
    again: async () => {
      await close();
      return doorOn(path, place);
    },
    [Symbol.asyncDispose]: async () => {
      // Another one has taken its place.
      if (isOver) return;
      await close();
      await place.end();
    },
  };
}

/** Sends JSON, or text or bytes as they are. */
export async function post(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  const isReady = typeof body === 'string' || body instanceof Uint8Array;
  const sent = isReady ? (body as string | Uint8Array<ArrayBuffer>) : JSON.stringify(body);
  return answered(
    await fetch(url, { method: 'POST', body: sent, headers: { 'content-type': 'application/json', ...headers } }),
  );
}

async function answered(response: Response): Promise<Answered> {
  return { status: response.status, headers: response.headers, body: (await response.json()) as AnsweredBody };
}

export function sale(key: string, member = 'HR-100001', amount = '3.40'): Transaction {
  return {
    key: `till:${key}`,
    member,
    journal: { ActivityDate: '2026-09-01T07:05:00Z', JournalTypeName: 'Accrual', TransactionAmount: amount },
  };
}

/** Keys of the journals in the org, in the order in which they were committed. */
export function journalKeys({ org }: Shop): string[] {
  return org.store.find('TransactionJournal', {}).map((row) => String(row['ExternalTransactionNumber']));
}
