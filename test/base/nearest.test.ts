import { expect } from 'chai';
import { nearest } from '../../src/base/text/nearest.js';

describe('nearest', () => {
  it('finds the name that was meant', () => {
    expect(nearest('CustomerId', ['InvoiceNo', 'CustomerID', 'Country'])).to.equal('CustomerID');
    expect(nearest('fromat', ['date', 'format', 'zone'])).to.equal('format');
  });

  it('finds nothing if no name is similar', () => {
    expect(nearest('Price', ['InvoiceNo', 'CustomerID'])).to.equal(undefined);
    expect(nearest('x', [])).to.equal(undefined);
  });
});
