/** A pattern with `^`, `$`, `.` and `.*`, as json-server's `_like` is used; all else in it is literal. */
export interface Pattern {
  readonly fromStart: boolean;
  readonly toEnd: boolean;
  /** What stands between the `.*`; null is a `.`, any one character. */
  readonly parts: readonly (readonly (string | null)[])[];
}

export function readPattern(text: string): Pattern {
  const lower = text.toLowerCase();
  const fromStart = lower.startsWith('^');
  const toEnd = lower.endsWith('$') && lower.length > Number(fromStart);
  const body = lower.slice(Number(fromStart), toEnd ? -1 : undefined);
  return {
    fromStart,
    toEnd,
    parts: body.split('.*').map((part) => [...part].map((one) => (one === '.' ? null : one))),
  };
}

const fits = (part: readonly (string | null)[], text: readonly string[], at: number): boolean =>
  at >= 0 && at + part.length <= text.length && part.every((one, i) => one === null || one === text[at + i]);

/** Looks for the parts one after the other, each at its first place: linear, whatever a client sends. */
export function matches({ fromStart, toEnd, parts }: Pattern, text: string): boolean {
  const letters = [...text];
  let at = 0;
  for (const [i, part] of parts.entries()) {
    const isLast = i === parts.length - 1;
    if (isLast && toEnd) {
      const end = letters.length - part.length;
      return (i > 0 || !fromStart ? end >= at : end === 0) && fits(part, letters, end);
    }
    if (i === 0 && fromStart) {
      if (!fits(part, letters, 0)) return false;
    } else {
      while (at + part.length <= letters.length && !fits(part, letters, at)) at++;
      if (!fits(part, letters, at)) return false;
    }
    at += part.length;
  }
  return true;
}
