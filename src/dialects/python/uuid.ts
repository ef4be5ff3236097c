const HEX = /^[0-9a-f]{32}$/;

/** Eight, four, four, four and twelve hexadecimal digits in small letters. */
export const showUuid = (hex: string): string =>
  hex.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** What Python's `UUID(hex)` reads, in its usual form: hyphens may stand anywhere, braces at both ends. */
export function pythonUuid(text: string): string | undefined {
  const hex = withoutBraces(text.replaceAll('urn:', '').replaceAll('uuid:', '')).replaceAll('-', '');
  return HEX.test(hex.toLowerCase()) ? showUuid(hex) : undefined;
}

/** The UUID that a number is. */
export const uuidOf = (number: number): string => showUuid(BigInt(number).toString(16).padStart(32, '0'));

/** Python's `strip('{}')`. A pattern for the end of a text would look at each brace of it as a beginning. */
function withoutBraces(text: string): string {
  const isBrace = (at: number): boolean => text[at] === '{' || text[at] === '}';
  let [from, to] = [0, text.length];
  while (from < to && isBrace(from)) from++;
  while (to > from && isBrace(to - 1)) to--;
  return text.slice(from, to);
}
