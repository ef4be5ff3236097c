import {
  type Asked,
  type Collection,
  controlRow,
  type DialectParameter,
  filterRow,
  type Purpose,
  type QueryParts,
  readParams,
  readParts,
  type SentParameter,
} from '../../dialect/index.ts';

/** Of a parameter that is repeated, the last text counts; each is read when the rest is known to be good. */
interface Parts extends QueryParts {
  texts?: Map<string, string>;
}

function keep(parts: Parts, { name, values }: SentParameter): string {
  const text = values.at(-1) ?? '';
  parts.texts ??= new Map();
  parts.texts.set(name, text);
  return text;
}

/** What was sent under the names that the rows of a collection have. */
export function textsOf(asked: Asked, collection: Collection): ReadonlyMap<string, string> {
  const parts: Parts = { filters: [] };
  readParts(parts, readParams(asked.query), { asked, collection });
  return parts.texts ?? new Map();
}

type Given = Parameters<typeof controlRow>[1];

/** A parameter of a name of its own; `show` says what its text means to a control. */
export const control = (
  kind: Purpose['kind'],
  given: Given,
  show: (parts: QueryParts, text: string) => void = () => {},
): DialectParameter => controlRow<Parts>(kind, given, (parts, sent) => show(parts, keep(parts, sent)));

/** The filter that an application declares for a field. */
export function filter(operator: string, given: Given & { readonly field: string }): DialectParameter {
  const row = filterRow(operator, given);
  return {
    ...row,
    read: (parts: Parts, sent, about) => row.read(parts, { ...sent, values: [keep(parts, sent)] }, about),
  };
}

/** A size, and how many items to leave out before: together they are a page, where one begins there. */
export const sizeAndOffset = (
  [size, offset]: readonly [size: Given, offset: Given],
  sizeOf: (text: string) => number | undefined,
  usual: number,
): readonly DialectParameter[] => [
  control('size', size, (parts, text) => {
    const count = sizeOf(text);
    if (count !== undefined) parts.size = count;
  }),
  control(
    'page',
    {
      ...offset,
      write: (terms) =>
        terms.page === undefined ? [] : [[offset.name, String((terms.page - 1) * (terms.size ?? usual))]],
    },
    (parts, text) => {
      const page = Number(text) / (parts.size ?? usual) + 1;
      if (/^\d+$/.test(text) && Number.isSafeInteger(page)) parts.page = page;
    },
  ),
];
