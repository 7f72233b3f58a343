import { counted } from './counted.js';

const units = [
  { noun: 'day', seconds: 86_400 },
  { noun: 'hour', seconds: 3600 },
  { noun: 'minute', seconds: 60 },
  { noun: 'second', seconds: 1 },
] as const;

/** A length of time in the largest unit of which it has at least two, rounded: `90 seconds`, `5 minutes`, `36 hours`. */
export function durationText(seconds: number): string {
  const { noun, seconds: length } = units.find((unit) => seconds >= 2 * unit.seconds) ?? units[3];
  return counted(Math.round(seconds / length), noun);
}
