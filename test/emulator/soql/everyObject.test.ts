import { expect } from 'chai';
import { openDatabase } from '../../../src/base/sqlite/sqlite.js';
import { sObjectByName, sObjects } from '../../../src/contract/objects/index.js';
import { compileQuery, runQuery } from '../../../src/emulator/soql/index.js';
import { ObjectModel } from '../../../src/emulator/store/model/objectModel.js';
import { createTables } from '../../../src/emulator/store/tables/tableSet.js';

describe('SOQL over the object model', () => {
  const db = openDatabase(':memory:');
  const context = {
    schema: { object: sObjectByName },
    apiVersion: '68.0',
    now: new Date('2026-03-18T00:00:00Z'),
    timeZone: 'UTC',
    allRows: false,
  };

  const run = (soql: string): number => runQuery(db, compileQuery(soql, context)).totalSize;

  before(() => createTables(db, new ObjectModel(sObjects)));
  after(() => db.close());

  for (const { name, fields, children = [] } of sObjects) {
    it(`reads ${name}: its fields, its parents, its children`, () => {
      const parents = Object.values(fields).flatMap(({ relationshipName, referenceTo = [] }) =>
        relationshipName !== undefined && referenceTo.some((target) => sObjectByName(target)) ? [relationshipName] : [],
      );
      expect(run(`SELECT FIELDS(ALL) FROM ${name} LIMIT 200`)).to.equal(0);
      expect(run(`SELECT ${['Id', ...parents.map((parent) => `${parent}.Id`)].join(', ')} FROM ${name}`)).to.equal(0);
      for (const child of children) expect(run(`SELECT (SELECT Id FROM ${child.name}) FROM ${name}`)).to.equal(0);
    });
  }
});
