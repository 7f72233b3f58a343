import { Connection } from 'jsforce';
import { Emulator } from '../../../src/emulator/index.js';
import type { CustomFields } from '../../../src/emulator/index.js';

/**
 * The org that the suite runs against: a local one that is started for it, or a real one.
 *
 * For a real one set `SF_CONFORMANCE_INSTANCE_URL` and `SF_CONFORMANCE_ACCESS_TOKEN`, and use a sandbox: the suite
 * creates accounts and contacts whose names begin with "Conformance", and a field, and deletes them. `SF_CONFORMANCE_KEY_FIELD` names
 * a text field of Account that is External ID and Unique; without it the upserts are skipped. What needs to break the
 * org is always skipped.
 */
export interface Target {
  readonly instanceUrl: string;
  readonly accessToken: string;
  /** API name of the key of Account, if there is one. */
  readonly keyField: string | undefined;
  /** Absent when it is a real org. */
  readonly local: Emulator | undefined;
  close(): Promise<void>;
}

const localKey: CustomFields = {
  Account: {
    Conformance_Key__c: {
      ...{ type: 'string', length: 80, label: 'Conformance Key' },
      ...{ createable: true, updateable: true, externalId: true, unique: true, idLookup: true },
    },
  },
};

export const isRemote = process.env['SF_CONFORMANCE_INSTANCE_URL'] !== undefined;

export async function openTarget(): Promise<Target> {
  const instanceUrl = process.env['SF_CONFORMANCE_INSTANCE_URL'];
  const accessToken = process.env['SF_CONFORMANCE_ACCESS_TOKEN'];
  if (instanceUrl !== undefined) {
    if (accessToken === undefined) throw new Error('Set SF_CONFORMANCE_ACCESS_TOKEN too: a token of that org.');
    const keyField = process.env['SF_CONFORMANCE_KEY_FIELD'];
    return { instanceUrl, accessToken, keyField, local: undefined, close: () => Promise.resolve() };
  }
  const local = await Emulator.start({ customFields: localKey });
  const { url, accessToken: token } = local;
  return {
    ...{ instanceUrl: url, accessToken: token, keyField: 'Conformance_Key__c', local },
    close: () => local.stop(),
  };
}

export function connectionTo({ instanceUrl, accessToken }: Target): Connection {
  return new Connection({ instanceUrl, accessToken, version: '66.0' });
}

/** A name that nobody else has, so that runs on a shared org do not meet. */
export function uniqueName(what: string): string {
  return `Conformance ${what} ${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
}

/** Deletes the accounts of this suite whose names begin so; their contacts go with them. */
export async function removeAccounts(target: Target, names: string): Promise<void> {
  if (target.local) return;
  const connection = connectionTo(target);
  const { records } = await connection.query<{ Id: string }>(`SELECT Id FROM Account WHERE Name LIKE '${names}%'`, {
    autoFetch: true,
    maxFetch: 50_000,
  });
  const ids = records.map(({ Id }) => Id);
  if (ids.length > 0) await connection.sobject('Account').destroy(ids, { allowRecursive: true });
}
