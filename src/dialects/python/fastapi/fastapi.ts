import {
  type Asked,
  type BodyFate,
  type Dialect,
  type GivenConventions,
  type Item,
  itemText,
  listText,
  Problem,
  type ProblemCode,
  type Reply,
  type Shape,
  shapeOf,
  toPointer,
  type Violation,
} from '../../../dialect/index.ts';
import { pythonJsonError } from '../json.ts';
import { Fault } from '../pydantic/fault.ts';
import { fromPairs, isScalarKind, readModel, readScalar, readValue } from '../pydantic/model.ts';
import { overlooks } from '../pydantic/overlook.ts';
import type { Version } from '../pydantic/version.ts';
import { pydantic1, pydantic2 } from '../pydantic/versions.ts';
import { detailOf, idKind, titleOf } from './detail.ts';
import { lookups, parameters, readQuery } from './query.ts';

/** The shape of a key, of which the kind says all. */
const anything = shapeOf({});

const conventions = (untyped: BodyFate): GivenConventions => ({
  paths: { slash: 'never', allow: 'first', head: false, options: 'missing' },
  bodies: {
    bodyTypes: { json: ['application/json', 'application/*+json'], other: 'text', untyped, constants: true },
    arrayBody: 'refuse',
    first: 'body',
  },
  writes: { ids: { numbers: 'by-schema' }, overlooks },
  answers: { etags: false },
});

const json = (status: number, body: string): Reply => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body,
});

const say = (status: number, detail: unknown, headers: Readonly<Record<string, string>> = {}): Reply => {
  const reply = json(status, JSON.stringify({ detail }));
  return { ...reply, headers: { ...reply.headers, ...headers } };
};

/** FastAPI with pydantic 2, or with pydantic 1: its words, and how it reads what is sent. */
export function makeFastapi(name: string, version: Version, untyped: 'json' | 'text'): Dialect {
  return {
    name,
    conventions: conventions(untyped),
    lookups: Object.keys(lookups),
    parameters,
    listQuery: (asked, collection) => readQuery(version, asked, collection),
    itemQuery: () => ({}),
    list: (page) => json(200, listText(page.items)),
    item: (item, asked) => json(asked.action === 'create' ? 201 : 200, itemText(item)),
    removed: () => ({ status: 204, headers: {} }),
    moved: (path, { origin, sentQuery: query }) => ({
      status: 307,
      headers: { Location: `${origin}${path}${query === '' ? '' : `?${query}`}` },
    }),
    readKey: (text, collection) => {
      const kind = idKind(collection);
      if (!isScalarKind(kind) || kind === 'str') return text;
      const key = readScalar(version, kind, text, anything);
      return key instanceof Fault ? undefined : String(key);
    },
    wrap: (body) => (version.pairs ? fromPairs(body) : undefined),
    coerce: (body, shape, action, asked) => {
      if (!shape) return body;
      const { value, faults } = readModel(version, shape, body, action === 'update');
      if (faults.length === 0) return value as Item;
      throw new Problem('invalid', faults.map(({ path, message }) => `${path} ${message}`).join('; '), {
        violations: [...asked.faults, ...faults],
      });
    },
    show: (item, { check }) => (check ? present(version, item, check.shape) : item),
    problem: (problem, asked) => problemReply(version, problem, asked),
  };
}

/** Fields are shown as the model prints them, whatever the fixture wrote; what it cannot read stays as it is. */
function present(version: Version, item: Item, shape: Shape): Item {
  const entries = Object.entries(item).map(([field, value]) => {
    const known = shape.fields.get(field);
    if (!known) return [field, value];
    const reading = readValue(version, known, value);
    return [field, reading.faults.length > 0 ? value : reading.value];
  });
  return Object.fromEntries(entries);
}

type Say = (problem: Problem, asked: Asked, version: Version) => Reply;

/** Faults of the path are told first, together with those of the body. */
const refuse = (version: Version, violations: readonly Violation[], asked: Asked): Reply =>
  say(422, detailOf(version, violations, asked));

const missing = ({ facts }: Problem): Reply => say(404, `${titleOf(facts.resource ?? 'item')} not found`);

const bodyFault = (keyword: string, value: unknown): Violation => ({
  path: '',
  keyword,
  params: {},
  value,
  schema: {},
  message: keyword,
});

function badJson({ facts }: Problem, asked: Asked, version: Version): Reply {
  const { text = '' } = facts;
  const error = text === '' ? undefined : pythonJsonError(text);
  if (!error) return refuse(version, [...asked.faults, bodyFault('required', null)], asked);
  return say(422, [version.jsonError(error, text)]);
}

const unread: Say = () => say(400, 'There was an error parsing the body');

/** The words of each problem; any other is told with its title. */
const replies: Partial<Record<ProblemCode, Say>> = {
  'unknown-resource': () => say(404, 'Not Found'),
  'method-not-allowed': ({ facts }) => say(405, 'Method Not Allowed', facts.headers),
  'writes-off': ({ facts }) => say(405, 'Method Not Allowed', facts.headers),
  'not-found': missing,
  'no-parent': missing,
  // As an application says it whose parameters are a model that forbids extra ones.
  'unknown-parameter': ({ status, message, facts: { parameter } }, asked, version) => {
    if (parameter === undefined) return say(status, message);
    const value = new URLSearchParams(asked.query).get(parameter);
    const fault = bodyFault('additionalProperties', value);
    return refuse(version, [{ ...fault, in: 'query', path: toPointer([parameter]) }], asked);
  },
  'bad-json': badJson,
  'empty-body': badJson,
  'bad-encoding': unread,
  'too-deep': unread,
  'bad-body': ({ facts }, asked, version) => {
    const { value } = facts;
    const fault = value === null ? bodyFault('required', null) : bodyFault('model', value);
    return refuse(version, [...asked.faults, fault], asked);
  },
  invalid: ({ facts }, asked, version) => refuse(version, facts.violations ?? [], asked),
  'not-unique': ({ facts }) => {
    const fields = facts.violations?.[0]?.params.fields;
    return say(
      400,
      `${titleOf((Array.isArray(fields) ? fields : ['value']).join(' and '))} already registered`,
    );
  },
  'id-taken': ({ facts }) => say(409, `${titleOf(facts.resource ?? 'item')} ${facts.key} already exists`),
  internal: () => ({
    status: 500,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: 'Internal Server Error',
  }),
};

function problemReply(version: Version, problem: Problem, asked: Asked): Reply {
  const reply = replies[problem.code];
  return reply ? reply(problem, asked, version) : say(problem.status, problem.message, problem.facts.headers);
}

export const fastapi = makeFastapi('fastapi', pydantic2, 'text');
export const fastapiPydantic1 = makeFastapi('fastapi-pydantic1', pydantic1, 'json');
