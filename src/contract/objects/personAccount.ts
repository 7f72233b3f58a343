import type { FindRecords, RecordValues, SaveRefusal, TwinRecord } from '../sobject.js';
import { accountTable } from './published/accountTable.js';
import { readPublished } from './published/readPublished.js';

/**
 * A person account is an account and a contact that belong together. The contact comes with the account, whatever API
 * inserts it, and goes with it; it is the only contact of that account (SOAP API Developer Guide, "Person Account Record
 * Types"). The two share their time stamps (Change Data Capture Developer Guide, "Updating a Person Account").
 */

/** Fields that the account has under the name of the contact. */
const shared = ['Fax', 'FirstName', 'LastName', 'OwnerId', 'Phone', 'Salutation'];

/** Fields of the contact that the account has with "Person" in front. */
const prefixed = Object.entries(readPublished(accountTable).fields)
  .filter(([name, { updateable }]) => name.startsWith('Person') && updateable)
  .map(([name]) => name.slice('Person'.length));

/** Of both objects. */
export const salutations = ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.'] as const;

const pairs = [
  ...shared.map((name) => [name, name] as const),
  ...prefixed.map((name) => [`Person${name}`, name] as const),
];

export const personContact: TwinRecord = {
  object: 'Contact',
  flag: 'IsPersonAccount',
  idField: 'PersonContactId',
  backField: 'AccountId',
  fields: Object.fromEntries(pairs),
  ownFields: { here: '__pc', there: '__c' },
};

export const accountOfPerson: TwinRecord = {
  object: 'Account',
  flag: 'IsPersonAccount',
  idField: 'AccountId',
  fields: Object.fromEntries(pairs.map(([account, contact]) => [contact, account])),
  ownFields: { here: '__c', there: '__pc' },
};

/** Fields of a person that an account of a company has not, although both are one object. */
const onlyOfPersons: ReadonlySet<string> = new Set([
  'FirstName',
  'LastName',
  'Salutation',
  ...prefixed.map((name) => `Person${name}`),
]);

function isOnlyOfPersons(field: string): boolean {
  return onlyOfPersons.has(field) || field.endsWith(personContact.ownFields.here);
}

/** A person has no name but FirstName and LastName, and a company has none of the fields of a person. */
export function requireFieldsOfItsKind(
  account: RecordValues,
  _find: FindRecords,
  given: ReadonlySet<string>,
): SaveRefusal | undefined {
  if (account['IsPersonAccount'] !== true) return badFieldNames([...given].filter(isOnlyOfPersons));
  if ((account['LastName'] ?? null) === null) {
    const message = 'Required fields are missing: [LastName]';
    return { errorCode: 'REQUIRED_FIELD_MISSING', message, fields: ['LastName'] };
  }
  return given.has('Name') ? notWritable('Name') : undefined;
}

/** The contact behind a person stays with its account, and no other contact joins it. */
export function requireOwnAccount(
  contact: RecordValues,
  find: FindRecords,
  given: ReadonlySet<string>,
): SaveRefusal | undefined {
  const { AccountId = null, IsPersonAccount } = contact;
  if (IsPersonAccount === true) {
    if (given.has('RecordTypeId')) return noAccess();
    return given.has('AccountId') ? badFieldNames(['AccountId']) : undefined;
  }
  if (AccountId === null || find('Account', { Id: AccountId, IsPersonAccount: true }).length === 0) return undefined;
  const message = 'A person account has one contact, its own: give the account of a company';
  return { errorCode: 'FIELD_INTEGRITY_EXCEPTION', message, fields: ['AccountId'] };
}

/** The account is deleted instead. */
export function requireNoPerson({ IsPersonAccount }: RecordValues): SaveRefusal | undefined {
  return IsPersonAccount === true ? noAccess() : undefined;
}

function badFieldNames(names: readonly string[]): SaveRefusal | undefined {
  if (names.length === 0) return undefined;
  const message = `Account: bad field names on insert/update call: ${names.join(', ')}`;
  return { errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', message, fields: names };
}

function notWritable(name: string): SaveRefusal {
  const advice =
    'Please check the security settings of this field and verify that it is read/write for your profile or permission set.';
  const message = `Unable to create/update fields: ${name}. ${advice}`;
  return { errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', message, fields: [name] };
}

function noAccess(): SaveRefusal {
  return {
    errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
    message: 'insufficient access rights on object id',
    fields: [],
  };
}
