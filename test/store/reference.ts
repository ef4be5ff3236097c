export type Row = { readonly id: number; readonly v?: number; readonly w?: number };
export type Files = Readonly<Record<string, readonly Row[]>>;

/** One resource of the reference: a list, kept by the plainest means there are. */
interface Sheet {
  /** What the file says. */
  readonly file: readonly Row[];
  /** `added`: a client put it at the end. */
  readonly rows: readonly { readonly row: Row; readonly added: boolean }[];
  /** What clients wrote, deletes too. */
  readonly written: ReadonlyMap<number, Row | undefined>;
  readonly next: number;
}

type Sheets = ReadonlyMap<string, Sheet>;

const find = (rows: readonly Row[], id: number) => rows.find((row) => row.id === id);
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const fresh = (file: readonly Row[]): Sheet => ({
  file,
  rows: file.map((row) => ({ row, added: false })),
  written: new Map(),
  next: Math.max(0, ...file.map(({ id }) => id)) + 1,
});

function write(sheet: Sheet, id: number, row: Row | undefined): Sheet {
  const known = sheet.rows.some((one) => one.row.id === id);
  const rows =
    row === undefined
      ? sheet.rows.filter((one) => one.row.id !== id)
      : known
        ? sheet.rows.map((one) => (one.row.id === id ? { ...one, row } : one))
        : [...sheet.rows, { row, added: true }];
  const next = row === undefined ? sheet.next : Math.max(sheet.next, id + 1);
  return { ...sheet, rows, next, written: new Map(sheet.written).set(id, row) };
}

/** Item by item: what changed in the file wins, what clients wrote elsewhere stays. */
function rebase(sheet: Sheet, file: readonly Row[]): Sheet {
  const held = new Map([...sheet.written].filter(([id]) => same(find(sheet.file, id), find(file, id))));
  const own = new Map(sheet.rows.map((one) => [one.row.id, one]));
  const inPlace = file.flatMap((row) => {
    if (!held.has(row.id)) return [{ row, added: false }];
    const now = own.get(row.id);
    return now && !now.added ? [now] : [];
  });
  const added = sheet.rows.filter((one) => one.added && held.has(one.row.id));
  const written = new Map([...held].filter(([id, row]) => row || find(file, id)));
  const isTouched = sheet.written.size > 0 || sheet.next > fresh(sheet.file).next;
  const next = Math.max(isTouched ? sheet.next : 0, fresh(file).next);
  return { file, rows: [...inPlace, ...added], written, next };
}

const over = (sheets: Sheets, files: Files): Sheets =>
  new Map([
    // What is gone keeps its writes until it is back.
    ...sheets,
    ...Object.entries(files).map(([name, file]): [string, Sheet] => {
      const sheet = sheets.get(name);
      return [name, sheet ? rebase(sheet, file) : fresh(file)];
    }),
  ]);

/** What a session should hold, said without any of the means that make it fast. */
export class Reference {
  files: Files;
  #sheets: Sheets = new Map();
  readonly snapshots = new Map<string, Sheets>();

  constructor(files: Files) {
    this.files = files;
    this.#sheets = over(this.#sheets, files);
  }

  whole(): Record<string, readonly Row[]> {
    return Object.fromEntries(Object.keys(this.files).map((name) => [name, this.rows(name)]));
  }

  rows(name: string): readonly Row[] {
    return (this.#sheets.get(name) as Sheet).rows.map(({ row }) => row);
  }

  next(name: string): number {
    return (this.#sheets.get(name) as Sheet).next;
  }

  write(name: string, id: number, row: Row | undefined): void {
    this.#sheets = new Map(this.#sheets).set(name, write(this.#sheets.get(name) as Sheet, id, row));
  }

  reset(name?: string): void {
    if (name === undefined) this.#sheets = over(new Map(), this.files);
    else this.#sheets = new Map(this.#sheets).set(name, fresh(this.files[name] as readonly Row[]));
  }

  take(snapshot: string): void {
    this.snapshots.set(snapshot, this.#sheets);
  }

  restore(snapshot: string): void {
    this.#sheets = this.snapshots.get(snapshot) as Sheets;
  }

  reload(files: Files, keep: boolean): void {
    this.files = files;
    for (const [name, sheets] of this.snapshots) this.snapshots.set(name, over(sheets, files));
    if (keep) this.#sheets = over(this.#sheets, files);
    else this.reset();
  }
}
