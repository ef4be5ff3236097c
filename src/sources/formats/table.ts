import { loadCsv } from './csv.ts';
import type { Format } from './format.ts';
import { json, loadJson5, loadJsonc, ndjson } from './json.ts';
import { loadYaml } from './yaml.ts';

const modules: Format = {
  name: 'a module',
  isModule: true,
  parse: () => undefined,
};

/** One row a format; the parser behind it is loaded when a file needs it. */
export const formats: ReadonlyMap<string, () => Promise<Format>> = new Map(
  Object.entries({
    json: async () => json,
    json5: loadJson5,
    jsonc: loadJsonc,
    yaml: loadYaml,
    yml: loadYaml,
    ndjson: async () => ndjson,
    jsonl: async () => ndjson,
    csv: loadCsv,
    js: async () => modules,
    mjs: async () => modules,
    cjs: async () => modules,
    ts: async () => modules,
    mts: async () => modules,
    cts: async () => modules,
  }),
);

/** Formats that run what stands in the file: only for whoever names the file itself. */
export const isModule = (extension: string): boolean => /^[cm]?[jt]s$/.test(extension);
