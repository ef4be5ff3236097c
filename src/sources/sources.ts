import { kindOf, toPointer } from '../json/json.ts';
import { FLATTEN, LIMIT, tooDeep } from '../json/levels.ts';
import type { Source } from '../json/source.ts';
import { type Place, Problem } from '../problem.ts';
import { isDjangoFixture, readDjangoFixture } from './django.ts';
import type { Format } from './formats/format.ts';
import { isSet, stem } from './layout.ts';
import { readTextNow } from './read.ts';
import type { Read } from './value.ts';

/** Messages need a place rarely, so the text is read again rather than kept. */
export const locator =
  (
    file: string,
    format: Format,
    map: (path: readonly (string | number)[]) => readonly (string | number)[] = (path) => path,
  ) =>
  (path: readonly (string | number)[]): Place => {
    const whole = map(path);
    const pointer = toPointer(whole);
    try {
      const position = format.locate?.(readTextNow(file), whole);
      return { file, ...position, ...(pointer === '' ? {} : { pointer }) };
    } catch {
      return { file, pointer };
    }
  };

/** The resources that a file holds. */
export function readSources(
  file: string,
  inFolder: boolean,
  idField: string,
  { value, format }: Read,
): readonly Source[] {
  if (isDjangoFixture(value)) {
    return readDjangoFixture(value, idField).map(({ name, items, positions }) => {
      const map = ([at, ...rest]: readonly (string | number)[]) =>
        at === undefined ? [] : [positions[Number(at)] ?? 0, 'fields', ...rest];
      return { name, value: items, file, locate: locator(file, format, map) };
    });
  }
  if (!isSet(file, inFolder, value, format)) {
    if (!inFolder && !Array.isArray(value)) {
      throw new Problem(
        'bad-fixture',
        `expected an object of resources or an array of items, found ${kindOf(value)}`,
        { place: { file } },
      );
    }
    return [{ name: stem(file), value, file, locate: locator(file, format) }];
  }
  return Object.entries(value)
    .filter(([name]) => name !== '$schema')
    .map(([name, part]) => ({
      name,
      value: part,
      file,
      locate: locator(file, format, (path) => [name, ...path]),
    }));
}

/** Throws `bad-fixture` where more levels are nested than are served. */
export function checkLevels({ name, value, locate }: Source): void {
  const path = tooDeep(value);
  if (path) throw new Problem('bad-fixture', `${name}: ${LIMIT}`, { place: locate(path), hint: FLATTEN });
}
