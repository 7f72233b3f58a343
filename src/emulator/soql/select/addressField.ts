import type { SObjectDefinition } from '../../../contract/sobject.js';

const parts: Readonly<Record<string, string>> = {
  city: 'City',
  country: 'Country',
  geocodeAccuracy: 'GeocodeAccuracy',
  latitude: 'Latitude',
  longitude: 'Longitude',
  postalCode: 'PostalCode',
  state: 'State',
  street: 'Street',
};

/** The fields that make up a compound address, if the object has them: `BillingAddress` → `BillingCity` … */
export function compoundParts(object: SObjectDefinition, fieldName: string): { key: string; fieldName: string }[] {
  const prefix = fieldName.replace(/Address$/, '');
  return Object.entries(parts).flatMap(([key, suffix]) => {
    const part = prefix + suffix;
    return object.fields[part] ? [{ key, fieldName: part }] : [];
  });
}
