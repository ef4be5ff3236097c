import { setField } from '../../json/json.ts';
import { positionAt } from '../../json/text.ts';
import { type Format, fault, type Loss } from './format.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

const READ = { bom: true, skip_empty_lines: true } as const;
/** What a reader might take for the end of a line, or for a byte order mark. */
const QUOTED = /[\r\n\uFEFF]/;
/** Half of a character that takes two units of UTF-16. */
const HALF = /\p{Surrogate}/u;

export async function loadCsv(): Promise<Format> {
  const [{ parse }, { stringify }] = await Promise.all([
    import('csv-parse/sync'),
    import('csv-stringify/sync'),
  ]);
  return {
    name: 'CSV',
    isList: true,
    hasHeader: true,
    parse(text, file) {
      try {
        const [columns = [], ...cells] = parse(text, READ) as string[][];
        const twice = columns.find((column, i) => columns.indexOf(column) !== i);
        if (twice !== undefined) throw new Error(`two columns are called '${twice}'`);
        return readCells(columns, cells);
      } catch (error) {
        const { lines, message } = error as { lines?: number; message: string };
        throw fault(file, `not CSV: ${message}`, { line: lines ?? 1, column: 1 });
      }
    },
    locate(text, [position]) {
      if (position === undefined) return { line: 1, column: 1 };
      // The header is a record too, so this is the one before the row. It counts in bytes.
      const before = parse(text, { ...READ, info: true })[Number(position)] as unknown as {
        info: { bytes: number };
      };
      const read = Buffer.from(text).subarray(0, before.info.bytes).toString();
      const blank = /^[\r\n]*/.exec(text.slice(read.length))?.[0] ?? '';
      return { line: positionAt(text, read.length + blank.length).line, column: 1 };
    },
    stringify(value, { finalNewline, crlf }) {
      const rows = value as Rows;
      const columns = columnsOf(rows);
      const end = crlf ? '\r\n' : '\n';
      const table = rows.length === 0 ? [] : [columns, ...rows.map((row) => writeCells(columns, row))];
      const text = stringify(table, { record_delimiter: end, quoted_match: QUOTED });
      return finalNewline ? text : text.slice(0, -end.length);
    },
    loss: (value, written) => lossOf(value as Rows, written),
  };
}

const columnsOf = ([first = {}]: Rows): string[] => Object.keys(first);

const writeCells = (columns: readonly string[], row: Readonly<Record<string, unknown>>): string[] =>
  columns.map((column) => cellText(row[column]));

const cellText = (cell: unknown): string =>
  typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : String(cell ?? '');

/** A column holds numbers only if every cell survives the round trip: `007` stays text. An empty cell is null there. */
function readCells(columns: readonly string[], cells: readonly (readonly string[])[]): Rows {
  const survives = (cell = '') =>
    cell === '' || (Number.isFinite(Number(cell)) && String(Number(cell)) === cell);
  const isNumeric = columns.map(
    (_, i) => cells.some((row) => row[i] !== '') && cells.every((row) => survives(row[i])),
  );
  const read = (text = '', i: number) => (!isNumeric[i] ? text : text === '' ? null : Number(text));
  return cells.map((row) => {
    const item = {};
    columns.forEach((column, i) => {
      setField(item, column, read(row[i], i));
    });
    return item;
  });
}

/** A table has one set of columns, and a cell no type of its own: what would be read as something else is a loss. */
function lossOf(rows: Rows, written: ReadonlySet<unknown>): Loss | undefined {
  // The columns are those of the rows that are there.
  const model = rows.find((row) => !written.has(row)) ?? rows[0] ?? {};
  const columns = Object.keys(model);
  const odd = columns.find((column) => HALF.test(column));
  if (odd !== undefined) return { path: [0, odd], reason: 'is no name that UTF-8 can hold' };
  const cells: string[][] = [];
  for (const [i, row] of rows.entries()) {
    const missing = columns.find((column) => !Object.hasOwn(row, column));
    if (missing !== undefined)
      return { path: [i, missing], reason: 'is missing, and a row of CSV has every column' };
    const more = Object.keys(row).find((column) => !Object.hasOwn(model, column));
    if (more !== undefined)
      return { path: [i, more], reason: `is no column of this CSV file: ${columns.join(', ')}` };
    cells.push(writeCells(columns, row));
  }
  const again = readCells(columns, cells);
  for (const [i, row] of rows.entries()) {
    for (const column of columns) {
      const [sent, read] = [row[column], again[i]?.[column]];
      const isKept = sent === read && !(typeof sent === 'string' && HALF.test(sent));
      if (!isKept) return { path: [i, column], reason: reasonFor(sent, read) };
    }
  }
  return undefined;
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

const reasonFor = (sent: unknown, read: unknown): string =>
  sent === read
    ? 'holds half a character, which UTF-8 cannot hold'
    : `would be ${shown(read)} instead of ${shown(sent)} when CSV is read: a column holds texts, or numbers and gaps`;
