/** What can be wrong with a row until somebody corrects it. */
export const damages: Readonly<Record<string, (cells: readonly string[]) => string>> = {
  none: (cells) => cells.join(','),
  member: ([invoice, code, , ...rest]) => [invoice, code, '', ...rest].join(','),
  amount: ([invoice, code, member, date, , price]) => [invoice, code, member, date, 'x', price].join(','),
  skipped: ([invoice, code, member, date, , price]) => [invoice, code, member, date, '0', price].join(','),
  code: ([invoice, , ...rest]) => [invoice, '', ...rest].join(','),
  invoice: ([, ...rest]) => ['', ...rest].join(','),
  key: ([, , ...rest]) => ['', '', ...rest].join(','),
  quote: ([invoice, code, ...rest]) => [invoice, `${code}"`, ...rest].join(','),
  open: ([invoice, code, member, date, quantity, price]) =>
    [invoice, code, member, date, quantity, `"${price}`].join(','),
  comma: (cells) => `${cells.join(',')},`,
  short: (cells) => cells.slice(0, -1).join(','),
  torn: (cells) => cells.join(',').slice(0, 4),
  tornEarly: (cells) => cells.join(',').slice(0, 1),
};
