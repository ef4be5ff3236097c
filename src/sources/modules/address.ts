import { fileURLToPath, pathToFileURL } from 'node:url';

/** Stands in the URLs of users' modules, and in no others; it holds the turn. */
const MARK = '?standin=';

export const urlOf = (path: string, turn: number): string => `${pathToFileURL(path).href}${MARK}${turn}`;

/** The path of a user's module that has such a URL. */
export const pathOf = (url: string | undefined): string | undefined =>
  url?.includes(MARK) ? fileURLToPath(url) : undefined;

/** The path of a file that a user's module imports, if it is the user's too: what is installed runs once. */
export const importedPath = (url: string): string | undefined =>
  url.startsWith('file:') && !url.includes('/node_modules/') ? fileURLToPath(url) : undefined;

/** Whether an import names a file, and not a package. */
export const isPath = (specifier: string): boolean => /^(\.{0,2}\/|\.{1,2}$|file:)/.test(specifier);

export const pathFrom = (specifier: string, by: string): string =>
  fileURLToPath(new URL(specifier, pathToFileURL(by)));
