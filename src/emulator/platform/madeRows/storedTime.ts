/** The form in which times are stored, which has no milliseconds. @param time in milliseconds */
export function storedTime(time: number): string {
  return new Date(Math.floor(time / 1000) * 1000).toISOString();
}
