import {
  type Asked,
  both,
  type Collection,
  type DialectParameter,
  shapeOf,
  type Where,
} from '../../../dialect/index.ts';
import { filter } from '../texts.ts';
import { kindOf } from './field.ts';
import { type Field, lookups } from './lookups.ts';

/** The filters of the config: a field, with the lookups that it has. */
function listed({ settings }: Collection): [string, readonly string[]][] {
  const { filters = [] } = settings;
  return Array.isArray(filters) ? filters.map((name) => [name, ['exact']]) : Object.entries(filters);
}

const parameterOf = (field: string, lookup: string): string =>
  lookup === 'exact' ? field : `${field}__${lookup}`;

/** The operators that have one name for every dialect. */
const operators: Readonly<Record<string, string>> = {
  exact: 'eq',
  startswith: 'startsWith',
  endswith: 'endsWith',
};

/** The parameters of the filters. */
export const filterParameters = (collection: Collection): DialectParameter[] =>
  listed(collection).flatMap(([field, names]) =>
    names.flatMap((name) => {
      const lookup = Object.hasOwn(lookups, name) ? lookups[name] : undefined;
      if (!lookup) return [];
      const parameter = parameterOf(field, name);
      const { description, example = '1' } = lookup;
      return filter(operators[name] ?? name, {
        name: parameter,
        field: field.replaceAll('__', '.'),
        description,
        example: `${parameter}=${example}`,
      });
    }),
  );

/** The shape of a field of which nothing is said. */
const anything = shapeOf({});

function fieldOf(asked: Asked, collection: Collection, name: string): Field {
  const [first = '', ...rest] = name.split('__');
  const { model } = asked.shelves;
  const relation = model
    .parentsOf(collection.name)
    .find(({ field, name: of }) => field === first || of === first);
  const parent = relation && model.resources.get(relation.parent);
  if (rest.length > 0 && parent?.kind === 'collection') {
    const inner = fieldOf(asked, parent, rest.join('__'));
    return { ...inner, path: `${relation?.name}.${inner.path}` };
  }
  const shape = collection.check?.shape.fields.get(first) ?? anything;
  const kind = relation ? 'pk' : kindOf(shape);
  return { asked, path: name.replaceAll('__', '.'), kind, shape, relation };
}

/** The conditions that the parameters make. All that are refused are told together. */
export function readFilters(
  asked: Asked,
  collection: Collection,
  texts: ReadonlyMap<string, string>,
  refuse: (parameter: string, message: string, value: string) => void,
): Where | undefined {
  let where: Where | undefined;
  for (const [name, names] of listed(collection)) {
    for (const lookupName of names) {
      const parameter = parameterOf(name, lookupName);
      const text = texts.get(parameter)?.trim() ?? '';
      const lookup = Object.hasOwn(lookups, lookupName) ? lookups[lookupName] : undefined;
      if (text === '' || !lookup) continue;
      const field = fieldOf(asked, collection, name);
      const values = lookup.read(text, field);
      if ('refused' in values) refuse(parameter, values.refused, text);
      else if (values.length > 0) where = both(where, lookup.where(field.path, values));
    }
  }
  return where;
}
