import type { DatabaseSync } from '../../../src/base/sqlite/sqlite.js';
import { openDatabase } from '../../../src/base/sqlite/sqlite.js';
import type { FieldDefinition, SObjectDefinition } from '../../../src/contract/sobject.js';
import { compileQuery, runQuery } from '../../../src/emulator/soql/index.js';
import type { CompiledQuery, QueryContext, AnswerRow, SoqlSchema } from '../../../src/emulator/soql/index.js';
import { to18 } from '../../../src/emulator/store/ids/recordIds.js';
import { systemFields } from '../../../src/emulator/store/model/systemFields.js';

/** Definitions with one field of every kind that SOQL treats in its own way. */
const program: SObjectDefinition = {
  name: 'LoyaltyProgram',
  label: 'Loyalty Program',
  labelPlural: 'Loyalty Programs',
  keyPrefix: '0lp',
  since: 51,
  fields: { Name: { type: 'string', length: 255 } },
  children: [{ name: 'LoyaltyProgramMembers', childObject: 'LoyaltyProgramMember', field: 'ProgramId' }],
};

const member: SObjectDefinition = {
  name: 'LoyaltyProgramMember',
  label: 'Loyalty Program Member',
  labelPlural: 'Loyalty Program Members',
  keyPrefix: '0lM',
  since: 51,
  fields: {
    MembershipNumber: { type: 'string', length: 255, createable: true },
    ExternalKey__c: { type: 'string', length: 40, caseSensitive: true },
    ProgramId: { type: 'reference', referenceTo: ['LoyaltyProgram'], relationshipName: 'Program' },
    ReferrerId: { type: 'reference', referenceTo: ['LoyaltyProgramMember'], relationshipName: 'Referrer' },
    OwnerId: { type: 'reference', referenceTo: ['Group', 'User'], relationshipName: 'Owner' },
    MemberStatus: { type: 'picklist', values: ['Active', 'Inactive'] },
    Interests: { type: 'multipicklist' },
    Points: { type: 'double', precision: 18, scale: 2 },
    Visits: { type: 'int' },
    CanReceivePromotions: { type: 'boolean' },
    EnrollmentDate: { type: 'datetime' },
    Birthday: { type: 'date' },
    Notes: { type: 'textarea', unfilterable: true },
    HomeAddress: { type: 'address' },
    HomeCity: { type: 'string' },
    HomePostalCode: { type: 'string' },
    Youngster: { type: 'string', since: 67 },
  },
};

const user: SObjectDefinition = {
  name: 'User',
  label: 'User',
  labelPlural: 'Users',
  keyPrefix: '005',
  since: 31,
  fields: { Name: { type: 'string' }, Email: { type: 'email' } },
};

const group: SObjectDefinition = {
  ...user,
  name: 'Group',
  keyPrefix: '00G',
  fields: { Name: { type: 'string' }, Type: { type: 'picklist', values: ['Queue'] } },
};

export const definitions: readonly SObjectDefinition[] = [program, member, user, group];

export const schema: SoqlSchema = {
  object: (name) => definitions.find((definition) => definition.name.toLowerCase() === name.toLowerCase()),
};

export const context: QueryContext = {
  schema,
  apiVersion: '66.0',
  now: new Date('2026-03-18T15:30:00Z'),
  timeZone: 'UTC',
  allRows: false,
};

export type Values = Readonly<Record<string, string | number | null>>;

/** Id number `number` of the object with that key prefix, in 18 characters. */
export function idOf(keyPrefix: string, number: number): string {
  return to18(`${keyPrefix}9z${number.toString().padStart(10, '0')}`);
}

/** A few tables in memory, filled by `insert`. */
export class ExampleOrg {
  readonly db: DatabaseSync = openDatabase(':memory:');
  #rows = 0;

  constructor() {
    for (const { name, fields } of definitions) {
      const columns = Object.entries({ ...systemFields, ...fields }).map(columnOf);
      this.db.exec(`CREATE TABLE "${name}" (${columns.join(', ')})`);
    }
    this.db.exec('CREATE INDEX "number" ON "LoyaltyProgramMember" ("MembershipNumber")');
  }

  /** Stores a row and answers its id. */
  insert(objectName: string, values: Values = {}): string {
    const id = idOf(schema.object(objectName)?.keyPrefix ?? '', ++this.#rows);
    const row: Values = {
      Id: id,
      IsDeleted: 0,
      CreatedDate: '2026-01-01T00:00:00.000Z',
      LastModifiedDate: '2026-01-01T00:00:00.000Z',
      SystemModstamp: '2026-01-01T00:00:00.000Z',
      ...values,
    };
    const columns = Object.keys(row);
    const into = `"${objectName}" (${columns.map((column) => `"${column}"`).join(', ')})`;
    this.db.prepare(`INSERT INTO ${into} VALUES (${columns.map(() => '?').join(', ')})`).run(...Object.values(row));
    return String(row['Id']);
  }

  compile(soql: string, changes: Partial<QueryContext> = {}): CompiledQuery {
    return compileQuery(soql, { ...context, ...changes });
  }

  query(soql: string, changes: Partial<QueryContext> = {}): AnswerRow[] {
    return runQuery(this.db, this.compile(soql, changes)).records(0, 2000);
  }

  /** One field of every row. */
  list(soql: string, field: string, changes: Partial<QueryContext> = {}): unknown[] {
    return this.query(soql, changes).map((row) => row[field]);
  }

  plan(soql: string): string {
    const { text, values } = this.compile(soql).statement;
    const steps = this.db.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...values);
    return steps.map(({ detail }) => String(detail)).join('; ');
  }
}

function columnOf([name, { type, caseSensitive }]: [string, FieldDefinition]): string {
  if (type === 'boolean' || type === 'int') return `"${name}" INTEGER`;
  if (type === 'double') return `"${name}" REAL`;
  const bare = caseSensitive || ['id', 'reference', 'date', 'datetime'].includes(type);
  return `"${name}" TEXT${bare ? '' : ' COLLATE NOCASE'}${name === 'Id' ? ' PRIMARY KEY' : ''}`;
}
