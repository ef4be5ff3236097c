import { isObject, type JsonObject } from '../json/json.ts';

/** What a keyword holds: a plain value; one schema or a list of them; schemas under names. */
type Holds = 'value' | 'schemas' | 'named';

interface Keyword {
  readonly holds: Holds;
  /** Its schemas are about the value that the keyword stands on, not about a part of it. */
  readonly inPlace?: true;
}

const values = (...names: string[]): [string, Keyword][] => names.map((name) => [name, { holds: 'value' }]);

/** Every keyword of JSON Schema from draft-04 on, and those of OpenAPI and of this project. */
export const keywords: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ['allOf', { holds: 'schemas', inPlace: true }],
  ['anyOf', { holds: 'schemas', inPlace: true }],
  ['oneOf', { holds: 'schemas', inPlace: true }],
  ['not', { holds: 'schemas', inPlace: true }],
  ['if', { holds: 'schemas', inPlace: true }],
  ['then', { holds: 'schemas', inPlace: true }],
  ['else', { holds: 'schemas', inPlace: true }],
  ['dependentSchemas', { holds: 'named', inPlace: true }],
  ['dependencies', { holds: 'named', inPlace: true }],
  ['properties', { holds: 'named' }],
  ['patternProperties', { holds: 'named' }],
  ['additionalProperties', { holds: 'schemas' }],
  ['unevaluatedProperties', { holds: 'schemas' }],
  ['propertyNames', { holds: 'schemas' }],
  ['items', { holds: 'schemas' }],
  ['prefixItems', { holds: 'schemas' }],
  ['additionalItems', { holds: 'schemas' }],
  ['unevaluatedItems', { holds: 'schemas' }],
  ['contains', { holds: 'schemas' }],
  ['contentSchema', { holds: 'schemas' }],
  ['$defs', { holds: 'named' }],
  ['definitions', { holds: 'named' }],
  ...values('$schema', '$id', 'id', '$ref', '$anchor', '$dynamicRef', '$dynamicAnchor', '$recursiveRef'),
  ...values('$recursiveAnchor', '$vocabulary', '$comment', '$async'),
  ...values('type', 'enum', 'const', 'format', 'pattern', 'required', 'dependentRequired'),
  ...values('multipleOf', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'),
  ...values('minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems', 'minContains', 'maxContains'),
  ...values('minProperties', 'maxProperties', 'contentEncoding', 'contentMediaType'),
  ...values('title', 'description', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly'),
  ...values('nullable', 'example', 'discriminator', 'xml', 'externalDocs'),
  // Words of code generators, near to `type`.
  ...values('tsType', 'typeof'),
]);

/** Formats that are checked, or that a dialect or another tool gives a meaning. */
export const formats: readonly string[] = [
  ...['date', 'time', 'date-time', 'iso-time', 'iso-date-time', 'duration', 'time-delta'],
  ...['email', 'idn-email', 'hostname', 'idn-hostname', 'ip', 'ipv4', 'ipv6', 'uuid', 'regex'],
  ...['uri', 'uri-reference', 'uri-template', 'url', 'iri', 'iri-reference'],
  ...['json-pointer', 'relative-json-pointer', 'json-pointer-uri-fragment'],
  ...['int8', 'int16', 'int32', 'int64', 'uint', 'uint8', 'uint16', 'uint32', 'uint64'],
  ...['float', 'double', 'decimal', 'byte', 'binary', 'password'],
];

export type Path = readonly (string | number)[];

export interface Subschema {
  readonly keyword: string;
  readonly schema: JsonObject;
  /** From the schema that holds the keyword. */
  readonly path: Path;
}

/** The schemas directly inside a schema. `true` and `false` say nothing about a shape and are left out. */
export function* subschemas(schema: JsonObject): Generator<Subschema> {
  for (const [keyword, value] of Object.entries(schema)) {
    const holds = keywords.get(keyword)?.holds ?? 'value';
    if (holds === 'value') continue;
    if (holds === 'schemas' && isObject(value)) yield { keyword, schema: value, path: [keyword] };
    else if (Array.isArray(value) ? holds === 'schemas' : isObject(value)) {
      for (const [key, one] of Object.entries(value as object))
        if (isObject(one))
          yield { keyword, schema: one, path: [keyword, Array.isArray(value) ? Number(key) : key] };
    }
  }
}
