import { expect } from 'chai';
import { guessedKeyPrefix } from '../../src/contract/objects/guessedKeyPrefixes.js';
import { sObjectByName, sObjects } from '../../src/contract/objects/index.js';
import type { FieldDefinition, SObjectDefinition } from '../../src/contract/sobject.js';
import { isStandardObject } from '../../src/emulator/unimplemented/standardObjects.js';

/** Every field of every object, under a name to complain with. */
const fields = sObjects.flatMap((definition) =>
  Object.entries(definition.fields).map(([name, field]) => ({ at: `${definition.name}.${name}`, field, definition })),
);

const children = sObjects.flatMap((parent) =>
  (parent.children ?? []).map((child) => ({ at: `${parent.name}.${child.name}`, child, parent })),
);

/** Names of the fields that break a rule: a failing test shows them all. */
function breaking(rule: (field: FieldDefinition, definition: SObjectDefinition) => boolean): string[] {
  return fields.filter(({ field, definition }) => !rule(field, definition)).map(({ at }) => at);
}

function object(name: string): SObjectDefinition {
  const definition = sObjectByName(name);
  if (!definition) throw new Error(`no object ${name}`);
  return definition;
}

function field(objectName: string, fieldName: string): FieldDefinition {
  const definition = object(objectName).fields[fieldName];
  if (!definition) throw new Error(`no field ${objectName}.${fieldName}`);
  return definition;
}

function duplicates<T>(values: readonly T[]): T[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

describe('object model', () => {
  describe('objects', () => {
    it('have names of their own', () => {
      expect(duplicates(sObjects.map(({ name }) => name.toLowerCase()))).to.deep.equal([]);
    });

    it('are found in whatever case their name is written', () => {
      expect(sObjectByName('TRANSACTIONJOURNAL')).to.equal(sObjectByName('TransactionJournal'));
      expect(sObjectByName('transactionjournal')?.name).to.equal('TransactionJournal');
    });

    it('are not found under the wrong names that circulate', () => {
      const wrong = ['LoyaltyProgramEngmtAttribute', 'LoyaltyPgmMbrPromotionUsage', 'PromotionEnrollment'];
      expect(wrong.filter((name) => sObjectByName(name))).to.deep.equal([]);
    });

    it('have key prefixes of three characters', () => {
      expect(sObjects.filter(({ keyPrefix }) => !/^[0-9A-Za-z]{3}$/.test(keyPrefix))).to.deep.equal([]);
    });

    it('share no key prefix', () => {
      expect(duplicates(sObjects.map(({ keyPrefix }) => keyPrefix))).to.deep.equal([]);
    });

    it('use every guessed key prefix, and only for the object it was guessed for', () => {
      const used = Object.keys(guessedKeyPrefix).map((name) => [name, object(name).keyPrefix]);
      expect(Object.fromEntries(used)).to.deep.equal(guessedKeyPrefix);
    });
  });

  describe('fields', () => {
    it('leave the system fields to the org', () => {
      const system = ['Id', 'IsDeleted', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'SystemModstamp'];
      expect(fields.filter(({ at }) => system.includes(at.split('.')[1] ?? ''))).to.deep.equal([]);
    });

    it('differ in more than case', () => {
      const repeated = sObjects.flatMap(({ fields: own }) =>
        duplicates(Object.keys(own).map((each) => each.toLowerCase())),
      );
      expect(repeated).to.deep.equal([]);
    });

    it('that are required can be given and have no default', () => {
      const rule = ({ required, createable, defaultValue, defaultedOnCreate }: FieldDefinition): boolean =>
        !required || (createable === true && defaultValue === undefined && !defaultedOnCreate);
      expect(breaking(rule)).to.deep.equal([]);
    });

    it('that can be updated can be created, except what an account only becomes', () => {
      const rule = ({ createable, updateable }: FieldDefinition): boolean => !updateable || createable === true;
      expect(breaking(rule)).to.deep.equal(['Account.IsCustomerPortal', 'Account.IsPartner']);
    });

    it('that the org computes or counts up are never written', () => {
      const rule = ({ calculated, autoNumber, createable }: FieldDefinition): boolean =>
        !(calculated || autoNumber) || !createable;
      expect(breaking(rule)).to.deep.equal([]);
    });

    it('of text have a length', () => {
      const texts = ['string', 'textarea', 'email', 'phone', 'url', 'picklist'];
      expect(breaking(({ type, length }) => !texts.includes(type) || (length ?? 0) > 0)).to.deep.equal([]);
    });

    it('of decimals have room for their scale', () => {
      const decimals = ['double', 'currency', 'percent'];
      const rule = ({ type, precision = 0, scale }: FieldDefinition): boolean =>
        !decimals.includes(type) || (scale !== undefined && precision >= scale && precision > 0);
      expect(breaking(rule)).to.deep.equal([]);
    });

    it('of type checkbox have a default', () => {
      expect(breaking(({ type, defaultValue }) => type !== 'boolean' || defaultValue !== undefined)).to.deep.equal([]);
    });

    it('of type picklist list their default, and no value twice', () => {
      const rule = ({ type, values = [], defaultValue }: FieldDefinition): boolean =>
        type !== 'picklist' ||
        ((defaultValue === undefined || values.includes(String(defaultValue))) && duplicates(values).length === 0);
      expect(breaking(rule)).to.deep.equal([]);
    });

    it('of restricted picklists have values to choose from', () => {
      expect(breaking(({ restricted, values = [] }) => !restricted || values.length > 0)).to.deep.equal([]);
    });

    it('are younger than their object when they say since when they exist', () => {
      expect(breaking(({ since }, definition) => since === undefined || since > definition.since)).to.deep.equal([]);
    });

    it('of objects that cannot be created are not required', () => {
      const rule = ({ required }: FieldDefinition, definition: SObjectDefinition): boolean =>
        definition.createable === true || !required;
      expect(breaking(rule)).to.deep.equal([]);
    });
  });

  describe('references', () => {
    it('point to objects that exist, or that are known to be absent', () => {
      const isKnown = (name: string): boolean => sObjectByName(name)?.name === name || isStandardObject(name);
      const rule = ({ type, referenceTo = [] }: FieldDefinition): boolean =>
        type !== 'reference' || (referenceTo.length > 0 && referenceTo.every(isKnown));
      expect(breaking(rule)).to.deep.equal([]);
    });

    it('are walked by a name that no other field of the object has', () => {
      const repeated = sObjects.flatMap((definition) => {
        const names = Object.values(definition.fields).flatMap(({ relationshipName }) => relationshipName ?? []);
        return duplicates([...names, ...Object.keys(definition.fields)]).map((name) => `${definition.name}.${name}`);
      });
      expect(repeated).to.deep.equal([]);
    });

    it('are the other end of every child relationship', () => {
      const broken = children
        .filter(({ child, parent }) => {
          const back = sObjectByName(child.childObject)?.fields[child.field];
          return !back?.referenceTo?.includes(parent.name);
        })
        .map(({ at }) => at);
      expect(broken).to.deep.equal([]);
    });

    it('have child relationships with names of their own', () => {
      expect(duplicates(children.map(({ at }) => at))).to.deep.equal([]);
    });
  });

  describe('known facts', () => {
    it('a journal needs its activity date and its member', () => {
      expect(field('TransactionJournal', 'ActivityDate')).to.include({ type: 'datetime', required: true });
      expect(field('TransactionJournal', 'MemberId')).to.include({ required: true, relationshipName: 'Member' });
    });

    it('a journal starts Pending, whoever creates it', () => {
      expect(field('TransactionJournal', 'Status')).to.include({ defaultValue: 'Pending', restricted: true });
    });

    it('ExternalTransactionNumber may be a key of an upsert, but is not unique', () => {
      const number = field('TransactionJournal', 'ExternalTransactionNumber');
      expect(number).to.include({ type: 'string', length: 255, idLookup: true });
      expect(number).to.not.have.any.keys('unique', 'externalId', 'required');
    });

    it('the usage type of a journal is fixed after insert', () => {
      expect(field('TransactionJournal', 'UsageType'))
        .to.include({ createable: true })
        .and.not.have.property('updateable');
    });

    it('a journal has no owner, its member has one', () => {
      expect(object('TransactionJournal').fields).to.not.have.property('OwnerId');
      expect(field('LoyaltyProgramMember', 'OwnerId')).to.include({ defaultedOnCreate: true });
    });

    it('ledgers cannot be updated', () => {
      expect(object('LoyaltyLedger'))
        .to.include({ createable: true, deletable: true })
        .and.not.have.property('updateable');
    });

    it('a member belongs to its program by ProgramId', () => {
      expect(field('LoyaltyProgramMember', 'ProgramId')).to.include({ relationshipName: 'Program', createable: true });
      expect(object('LoyaltyProgramMember').fields).to.not.have.property('LoyaltyProgramId');
    });

    it('a membership number is needed and may be a key, but promises nothing', () => {
      const number = field('LoyaltyProgramMember', 'MembershipNumber');
      expect(number).to.include({ required: true, idLookup: true }).and.not.have.property('unique');
    });

    it('balances are computed', () => {
      for (const name of ['PointsBalance', 'EscrowPointsBalance']) {
        expect(field('LoyaltyMemberCurrency', name)).to.include({ calculated: true, precision: 18, scale: 2 });
      }
    });

    it('the progress of a promotion is written, its percentage computed', () => {
      expect(field('LoyaltyProgramMbrPromotion', 'CumulativeUsageCompleted')).to.include({ updateable: true });
      expect(field('LoyaltyProgramMbrPromotion', 'CumulativeUsageCompletePercent')).to.include({ calculated: true });
      expect(field('LoyaltyProgramMbrPromotion', 'CumulativeUsageTarget')).to.include({ calculated: true });
    });

    it('the eligibility view is only read', () => {
      const view = object('LoyaltyPgmMbrPromEligView');
      expect(view).to.not.have.any.keys('createable', 'updateable', 'deletable');
      expect(Object.values(view.fields).filter(({ createable }) => createable)).to.deep.equal([]);
    });

    it('currencies are told apart by CurrencyType', () => {
      expect(field('LoyaltyProgramCurrency', 'CurrencyType').values).to.deep.equal(['Qualifying', 'NonQualifying']);
      expect(object('LoyaltyProgramCurrency').fields).to.not.have.property('IsQualifyingCurrency');
    });

    it('journals of a member are found under the name that orgs use', () => {
      expect(object('LoyaltyProgramMember').children).to.deep.include({
        name: 'Transaction_Journal',
        childObject: 'TransactionJournal',
        field: 'MemberId',
      });
    });
  });
});
