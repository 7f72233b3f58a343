import { expect } from 'chai';
import { sObjects } from '../../../src/contract/objects/index.js';
import type { FieldType } from '../../../src/contract/sobject.js';
import { describeField } from '../../../src/emulator/platform/describe/describeField.js';
import { compileQuery, SoqlError } from '../../../src/emulator/soql/index.js';
import { ObjectModel } from '../../../src/emulator/store/model/objectModel.js';

/** Types of which the platform's own objects here have no field, or none that queries may use. */
const rareTypes: readonly FieldType[] = ['address', 'base64', 'multipicklist', 'textarea', 'time'];
const extra = Object.fromEntries(rareTypes.map((type) => [`Rare_${type}__c`, { type }] as const));

describe('What describe says about a field, SOQL', () => {
  const model = new ObjectModel(sObjects, {
    Account: { ...extra, Hidden__c: { type: 'string', length: 9, unfilterable: true } },
  });
  const context = {
    schema: { object: (name: string) => model.type(name)?.definition },
    apiVersion: '68.0',
    now: new Date('2026-03-18T00:00:00Z'),
    timeZone: 'UTC',
    allRows: false,
  };

  const takes = (soql: string): boolean => {
    try {
      compileQuery(soql, context);
      return true;
    } catch (error) {
      if (error instanceof SoqlError) return false;
      throw error;
    }
  };

  for (const [flag, query] of Object.entries({
    filterable: (object: string, field: string) => `SELECT Id FROM ${object} WHERE ${field} = null`,
    sortable: (object: string, field: string) => `SELECT Id FROM ${object} ORDER BY ${field}`,
    groupable: (object: string, field: string) => `SELECT ${field} FROM ${object} GROUP BY ${field}`,
    aggregatable: (object: string, field: string) => `SELECT COUNT_DISTINCT(${field}) FROM ${object}`,
  })) {
    it(`enforces: whether it is ${flag}`, () => {
      for (const type of model.types) {
        for (const field of type.fields) {
          // A compound address can be filtered by distance only, and describe calls it filterable all the same.
          if (flag === 'filterable' && field.definition.type === 'address') continue;
          const described = describeField(field, type)[flag];
          expect([type.name, field.name, takes(query(type.name, field.name))]).to.deep.equal([
            type.name,
            field.name,
            described,
          ]);
        }
      }
    });
  }
});
