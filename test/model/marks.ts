/** A way to say something of a field: the schemas, by file, and an item that holds a text there. */
export interface Way {
  readonly files: Readonly<Record<string, object>>;
  item(text: string): object;
}

const text = { type: 'string' };
const object = (properties: object) => ({ type: 'object', properties });
const way = (schema: object, item: Way['item'], files: object = {}): Way => ({
  files: { 'things.schema.json': schema, ...files },
  item,
});
const secret = (text: string) => ({ secret: text });

/** Every way to put a mark such as `readOnly` on a field. */
export const ways = (mark: object): readonly (readonly [sentence: string, way: Way])[] => {
  const marked = { ...text, ...mark };
  const holder = object({ secret: marked });
  return [
    ['on the field itself', way(holder, secret)],
    ['in an object', way(object({ a: holder }), (text) => ({ a: { secret: text } }))],
    [
      'in objects of a list',
      way(object({ a: { type: 'array', items: holder } }), (text) => ({ a: [{ secret: text }] })),
    ],
    [
      'in objects of a list of lists',
      way(object({ a: { items: { items: holder } } }), (text) => ({ a: [[{ secret: text }]] })),
    ],
    [
      'in one place of a list',
      way(object({ a: { prefixItems: [text, holder] } }), (text) => ({ a: ['x', { secret: text }] })),
    ],
    [
      'in one place of a list, as draft-07 says it',
      way(
        { $schema: 'http://json-schema.org/draft-07/schema#', ...object({ a: { items: [text, holder] } }) },
        (text) => ({ a: ['x', { secret: text }] }),
      ),
    ],
    ['behind a $ref', way({ ...object({ secret: { $ref: '#/$defs/s' } }), $defs: { s: marked } }, secret)],
    [
      'beside a $ref',
      way({ ...object({ secret: { $ref: '#/$defs/s', ...mark } }), $defs: { s: text } }, secret),
    ],
    ['behind a $ref at the root', way({ $ref: '#/$defs/thing', $defs: { thing: holder } }, secret)],
    [
      'behind a $ref to an anchor',
      way({ ...object({ secret: { $ref: '#s' } }), $defs: { s: { $anchor: 's', ...marked } } }, secret),
    ],
    [
      'behind a $ref to where no keyword is',
      way({ ...object({ secret: { $ref: '#/components/s' } }), components: { s: marked } }, secret),
    ],
    [
      'in another file',
      way(object({ a: { $ref: 'others.schema.json' } }), (text) => ({ a: { secret: text } }), {
        'others.schema.json': holder,
      }),
    ],
    [
      'in a part of another file that is called by its $id',
      way(object({ secret: { $ref: 'https://example.com/other#/$defs/s' } }), secret, {
        'others.schema.json': { $id: 'https://example.com/other', $defs: { s: marked } },
      }),
    ],
    [
      'two files away, in objects of a list',
      way(
        object({ a: { items: { $ref: 'others.schema.json#/$defs/b' } } }),
        (text) => ({ a: [{ b: { secret: text } }] }),
        {
          'others.schema.json': { $defs: { b: object({ b: { $ref: 'more.schema.json' } }) } },
          'more.schema.json': { allOf: [{ $ref: '#/$defs/x' }], $defs: { x: holder } },
        },
      ),
    ],
    ['in allOf', way({ allOf: [object({ a: text }), holder] }, secret)],
    ['in allOf in allOf', way({ allOf: [{ allOf: [{}, holder] }] }, secret)],
    ['in allOf of a field', way(object({ secret: { allOf: [text, mark] } }), secret)],
    [
      'in allOf of $refs',
      way(
        {
          allOf: [{ $ref: '#/$defs/x' }],
          $defs: { x: object({ secret: { $ref: '#/$defs/s' } }), s: marked },
        },
        secret,
      ),
    ],
    [
      'where the other schema that names the field says nothing of it',
      way({ ...object({ secret: text }), allOf: [object({ secret: mark })] }, secret),
    ],
    ['in anyOf with null', way(object({ secret: { anyOf: [{ type: 'null' }, marked] } }), secret)],
    [
      'behind a $ref in oneOf with null',
      way(
        { ...object({ a: { oneOf: [{ $ref: '#/$defs/a' }, { type: 'null' }] } }), $defs: { a: holder } },
        (text) => ({ a: { secret: text } }),
      ),
    ],
    [
      'in the only branch that knows the field',
      way(
        {
          oneOf: [
            { ...object({ kind: { const: 'a' }, secret: marked }), required: ['kind'] },
            { ...object({ kind: { const: 'b' } }), required: ['kind'] },
          ],
        },
        (text) => ({ kind: 'a', secret: text }),
      ),
    ],
    [
      'behind the $ref of a branch, in a list',
      way(
        {
          ...object({ a: { items: { anyOf: [{ $ref: '#/$defs/x' }, { $ref: '#/$defs/y' }] } } }),
          $defs: { x: holder, y: { ...holder, required: ['b'] } },
        },
        (text) => ({ a: [{ secret: text }] }),
      ),
    ],
    ['in then', way({ if: { required: ['secret'] }, then: holder }, secret)],
    ['in else', way({ if: { required: ['b'] }, else: holder }, secret)],
    ['in dependentSchemas', way({ dependentSchemas: { a: holder } }, (text) => ({ a: 1, secret: text }))],
    ['under a pattern', way({ patternProperties: { '^se': marked } }, secret)],
    [
      'on every field that has no name',
      way({ ...object({ a: {} }), additionalProperties: marked }, (text) => ({ a: 1, secret: text })),
    ],
    [
      'in a tree, some levels down',
      way(object({ secret: marked, kids: { type: 'array', items: { $ref: '#' } } }), (text) => ({
        kids: [{ kids: [{ kids: [{ secret: text }] }] }],
      })),
    ],
    [
      'in two schemas that refer to each other',
      way(
        {
          $ref: '#/$defs/a',
          $defs: {
            a: object({ b: { $ref: '#/$defs/b' }, secret: marked }),
            b: object({ a: { $ref: '#/$defs/a' } }),
          },
        },
        (text) => ({ b: { a: { b: { a: { secret: text } } } } }),
      ),
    ],
    [
      'on a field called constructor',
      way(object({ constructor: marked }), (text) => ({ constructor: text })),
    ],
    [
      'on a field called __proto__',
      way(JSON.parse(`{"properties": {"__proto__": ${JSON.stringify(marked)}}}`), (text) =>
        JSON.parse(`{"__proto__": ${JSON.stringify(text)}}`),
      ),
    ],
  ];
};
