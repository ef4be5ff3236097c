import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item, Json, JsonObject } from '../../src/json/json.ts';
import { withDefaults, withoutWriteOnly, withReadOnly } from '../../src/schema/access.ts';
import { Documents } from '../../src/schema/documents.ts';
import { shapeOf } from '../../src/schema/shape.ts';
import { filled, flatten, seen, written } from './flat.ts';

const names = ['a', 'b', 'constructor'] as const;
/** Parts of two files, each of which may refer to every other and to itself. */
const parts = ['p', 'q', 'r'] as const;
const files = ['one', 'two'] as const;
const references = files.flatMap((file) => [
  `${file}.schema.json`,
  ...parts.map((part) => `${file}.schema.json#/$defs/${part}`),
]);

const facts = {
  $ref: fc.constantFrom(...references),
  readOnly: fc.constant(true),
  writeOnly: fc.constant(true),
  default: fc.constantFrom<Json>(0, 'x', null),
};

/** A schema, made of other schemas down to a depth. */
const schema = fc.memo((depth): fc.Arbitrary<JsonObject> => {
  const inner = depth > 1 ? schema(depth - 1) : fc.record(facts, { requiredKeys: [] });
  const holders = {
    allOf: fc.array(inner, { minLength: 1, maxLength: 2 }),
    properties: fc.dictionary(fc.constantFrom(...names), inner, { maxKeys: 3 }),
    items: inner,
  };
  return fc.record({ ...facts, ...holders }, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>;
});

const file = fc
  .tuple(schema(2), fc.record(Object.fromEntries(parts.map((part) => [part, schema(2)]))))
  .map(([root, $defs]) => ({ ...root, $defs }) as JsonObject);

const LEVELS = 3;

const value = fc.memo((depth): fc.Arbitrary<Json> => {
  const scalar = fc.constantFrom<Json>(1, 'y', null);
  return depth > 1
    ? fc.oneof(scalar, object(depth - 1), fc.array(value(depth - 1), { maxLength: 2 }))
    : scalar;
});
const object = fc.memo(
  (depth) => fc.dictionary(fc.constantFrom(...names), value(depth), { maxKeys: 3 }) as fc.Arbitrary<Item>,
);

function documentsOf(values: readonly JsonObject[]): Documents {
  const sources = values.map((value, i) => ({
    name: files[i] as string,
    file: `${files[i]}.schema.json`,
    uri: `file:///schemas/${files[i]}.schema.json`,
    value,
    locate: () => ({ file: `${files[i]}.schema.json` }),
  }));
  return new Documents(sources);
}

const finder = (values: readonly JsonObject[]) => (reference: string) => {
  const [, name, part] = /^(\w+)\.schema\.json(?:#\/\$defs\/(\w+))?$/.exec(reference) ?? [];
  const root = values[files.indexOf(name as 'one')] as JsonObject;
  return part === undefined ? root : ((root.$defs as JsonObject)[part] as JsonObject);
};

test('a shape says of access and defaults what its schemas say when they are written out flat', () => {
  fc.assert(
    fc.property(fc.tuple(file, file), object(LEVELS), (values, item) => {
      const shape = shapeOf(documentsOf(values).all[0]?.schema ?? {});
      const flat = flatten([values[0]], finder(values), LEVELS + 1);
      expect(withoutWriteOnly(item, shape)).toEqual(seen(item, flat));
      expect(withReadOnly(item, undefined, shape)).toEqual(written(item, flat));
      expect(withDefaults(item, shape)).toEqual(filled(item, flat));
    }),
    { numRuns: 300 },
  );
});
