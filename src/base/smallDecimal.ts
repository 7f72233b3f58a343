/** So many digits are always exact in a double. */
const mostDigits = 15;

const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;

/**
 * Multiplies numbers such as `-15.30` and writes the product as {@link writeDecimal} does. Returns undefined if one of
 * them is written in another way or has too many digits to be multiplied as an integer: then only the exact decimals can
 * tell what it is. Nearly all numbers of a feed are small, and this takes a tenth of the time.
 */
export function smallProduct(texts: readonly string[], wanted?: number): string | undefined {
  let units = 1;
  let places = 0;
  for (const text of texts) {
    const dot = text.indexOf('.');
    units *= unitsOf(text, dot);
    places += dot === -1 ? 0 : text.length - dot - 1;
  }
  // Not a number at all, or not exact.
  if (!Number.isSafeInteger(units) || places > mostDigits) return undefined;
  if (wanted !== undefined) return written(rounded(units, wanted - places), wanted);
  for (; places > 0 && units % 10 === 0; places--) units /= 10;
  return written(units, places);
}

/** Returns the number without its point: -1530 for `-15.30`. Returns NaN for what is no small number. */
function unitsOf(text: string, dot: number): number {
  const isNegative = text.charCodeAt(0) === minus;
  const start = isNegative ? 1 : 0;
  const length = text.length - start - (dot === -1 ? 0 : 1);
  if (length < 1 || length > mostDigits) return NaN;
  let units = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= zero && code <= nine) units = units * 10 + (code - zero);
    else if (at !== dot) return NaN;
  }
  return isNegative ? -units : units;
}

/** Appends so many decimal places, or removes them if there are too many. Ties round away from zero. */
function rounded(units: number, morePlaces: number): number {
  if (morePlaces >= 0) return units * 10 ** morePlaces;
  const step = 10 ** -morePlaces;
  const rest = units % step;
  const away = Math.abs(rest) * 2 >= step ? Math.sign(units) : 0;
  return (units - rest) / step + away;
}

function written(units: number, places: number): string | undefined {
  if (!Number.isSafeInteger(units)) return undefined;
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  const whole = digits.length - places;
  const text = places === 0 ? digits : `${digits.slice(0, whole)}.${digits.slice(whole)}`;
  return units < 0 ? `-${text}` : text;
}
