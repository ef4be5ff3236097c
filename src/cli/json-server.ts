const NONE = 'standin has no such option:';

/** The flags that json-server has, 0.17 and 1.0, and standin has not: what to use, or what to do without them. */
const rows: Readonly<Record<string, string>> = {
  w: 'Leave it out: standin reloads as files are saved (--no-watch ends that).',
  r: 'Use --routes FILE.',
  i: 'Use --id FIELD.',
  v: 'Use --version.',
  'ro read-only readOnly': 'Use --writes off.',
  'm middlewares': `${NONE} list Koa middleware under "middleware" in a config file.`,
  's static': `${NONE} it serves data, and no pages.`,
  'S snapshots': `${NONE} PUT /_standin/snapshots/NAME takes a snapshot, GET /_standin/db shows the data.`,
  delay: `${NONE} with --dialect json-server, ?_delay=500 holds one answer back.`,
  'nc no-cors': `${NONE} pages of every origin may read; --allow-origin says who may write to files.`,
  'ng no-gzip': `${NONE} what is sent is zipped at most for clients that ask for it.`,
  'fks foreignKeySuffix foreign-key-suffix': `${NONE} name the foreign keys under "relations" in a config file.`,
};

export const jsonServerFlags: ReadonlyMap<string, string> = new Map(
  Object.entries(rows).flatMap(([names, hint]) => names.split(' ').map((name) => [name, hint] as const)),
);
