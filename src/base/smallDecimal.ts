/** A decimal number whose digits are an exact integer: `-15.30` has the units -1530 and 2 decimal places. */
interface SmallDecimal {
  readonly units: number;
  readonly places: number;
}

/** So many digits are always exact in a double. */
const mostDigits = 15;

const point = 0x2e;
const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;

/**
 * Multiplies numbers such as `-15.30` and writes the product as {@link writeDecimal} does. Returns undefined if one of
 * them is written in another way or has too many digits to be multiplied as an integer: then only the exact decimals can
 * tell what it is. Nearly all numbers of a feed are small, and this takes a tenth of the time.
 */
export function smallProduct(texts: readonly string[], places?: number): string | undefined {
  let product: SmallDecimal = { units: 1, places: 0 };
  for (const text of texts) {
    const factor = read(text);
    if (factor === undefined) return undefined;
    product = { units: product.units * factor.units, places: product.places + factor.places };
  }
  if (!Number.isSafeInteger(product.units) || product.places > mostDigits) return undefined;
  return write(places === undefined ? shortest(product) : rounded(product, places));
}

function read(text: string): SmallDecimal | undefined {
  const isNegative = text.charCodeAt(0) === minus;
  const start = isNegative ? 1 : 0;
  const dot = text.indexOf('.');
  const length = text.length - start - (dot === -1 ? 0 : 1);
  if (length < 1 || length > mostDigits) return undefined;
  let units = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= zero && code <= nine) units = units * 10 + (code - zero);
    else if (code !== point || at !== dot) return undefined;
  }
  return { units: isNegative ? -units : units, places: dot === -1 ? 0 : text.length - dot - 1 };
}

/** Removes zeros at the end of the decimal places. */
function shortest({ units, places }: SmallDecimal): SmallDecimal {
  let left = units;
  let count = places;
  for (; count > 0 && left % 10 === 0; count--) left /= 10;
  return { units: left, places: count };
}

/** Ties round away from zero. */
function rounded({ units, places }: SmallDecimal, wanted: number): SmallDecimal | undefined {
  if (wanted > mostDigits) return undefined;
  if (wanted >= places) {
    const more = units * 10 ** (wanted - places);
    return Number.isSafeInteger(more) ? { units: more, places: wanted } : undefined;
  }
  const step = 10 ** (places - wanted);
  const rest = units % step;
  const away = Math.abs(rest) * 2 >= step ? Math.sign(units) : 0;
  return { units: (units - rest) / step + away, places: wanted };
}

function write(number: SmallDecimal | undefined): string | undefined {
  if (number === undefined) return undefined;
  const { units, places } = number;
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  const whole = digits.length - places;
  const text = places === 0 ? digits : `${digits.slice(0, whole)}.${digits.slice(whole)}`;
  return units < 0 ? `-${text}` : text;
}
