/** A product of the example shop, as its feed shows it. */
export interface Product {
  readonly code: string;
  readonly description: string;
  /** Unit price in tenths of a cent: whole numbers keep prices exact, and loose goods cost fractions of a cent. */
  readonly price: number;
  /** Quantities are grams. */
  readonly soldByGram: boolean;
}

/**
 * The first products are bought most. Descriptions contain commas, quotes and accents, as real ones do, and the prices
 * of loose goods lead to amounts that have to be rounded.
 */
export const products: readonly Product[] = [
  product('CUP-01', 'Flat white', 3400),
  product('CUP-02', 'Americano', 2900),
  product('CUP-03', 'Cappuccino, large', 3900),
  product('BAK-01', 'Croissant', 2600),
  product('CUP-04', 'Café crème', 3200),
  product('BAK-02', 'Cinnamon bun', 3100),
  product('CUP-05', 'Masala chai', 3500),
  product('BAK-03', 'Pastel de nata', 2450),
  product('CUP-06', 'Espresso', 2200),
  product('TEA-01', 'Loose Assam, per gram', 85),
  product('BAK-04', 'Crème brûlée tart', 4200),
  product('BEA-01', 'Beans "Lighthouse", 250 g', 8950),
  product('CUP-07', 'Hot chocolate', 3600),
  product('TEA-02', 'Loose sencha, per gram', 115),
  product('BEA-02', 'Beans "Night Ferry", 1 kg', 27500),
  product('BAK-05', 'Smørrebrød, prawn', 7400),
  product('MUG-01', 'Mug "Anchor", blue', 12000),
  product('BEA-03', 'Beans, decaffeinated, 250 g', 9450),
  product('MUG-02', 'Travel cup 0.4 l', 18990),
  product('KIT-01', 'Paper filters, 100', 4250),
  product('KIT-02', 'Hand grinder', 64000),
  product('KIT-03', 'Moka pot, 6 cups', 38500),
  product('GFT-01', 'Tasting class for two', 79000),
  product('KIT-04', 'Scale with timer', 45950),
];

export const stores: readonly string[] = ['Web shop', 'Pier 4', 'Old Town', 'Ferry Terminal', 'Fish Market'];

function product(code: string, description: string, price: number): Product {
  return { code, description, price, soldByGram: description.endsWith(', per gram') };
}
