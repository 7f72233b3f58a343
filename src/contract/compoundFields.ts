import type { SObjectDefinition } from './sobject.js';

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

/** A member of a compound address, and the field that it shows. */
export interface AddressPart {
  readonly key: string;
  readonly fieldName: string;
}

/** The fields that make up a compound address, if the object has them: `BillingAddress` → `BillingCity` … */
export function addressParts(object: SObjectDefinition, fieldName: string): AddressPart[] {
  const prefix = fieldName.replace(/Address$/, '');
  return Object.entries(parts).flatMap(([key, suffix]) => {
    const part = prefix + suffix;
    return object.fields[part] ? [{ key, fieldName: part }] : [];
  });
}
