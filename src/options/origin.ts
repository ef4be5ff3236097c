/**
 * An origin as browsers write it: scheme, host and port, the port only where it is not the scheme's own. Undefined for
 * what is none: a page, a wildcard, a list, `null`.
 */
export function readOrigin(text: string): string | undefined {
  if (!/^[a-z][a-z\d+.-]*:\/\/[^\s/?#@\\*,]+$/i.test(text) || !URL.canParse(text)) return undefined;
  const { origin, protocol, host } = new URL(text);
  // URLs know origins of a few schemes only; that of an app (capacitor://localhost) is its scheme and host.
  return origin === 'null' ? `${protocol}//${host}` : origin;
}
