import {
  type Asked,
  fromPointer,
  type Problem,
  type ProblemCode,
  type Reply,
  singular,
} from '../../../dialect/index.ts';
import { pythonJsonError, pythonJsonSentence } from '../json.ts';
import { pythonDecodeError } from '../text.ts';
import { errorsOf } from './errors.ts';
import { className, invalid } from './words.ts';

type Answered = readonly [status: number, body: unknown];
type Answer = (problem: Problem, asked: Asked, model: string) => Answered;

const detail = (status: number, text: string): Answered => [status, { detail: text }];
const plainly: Answer = ({ status, message }) => detail(status, message);

const notFound: Answer = ({ facts: { resource, key } }) =>
  detail(
    404,
    resource === undefined || key === undefined
      ? 'Not found.'
      : `No ${className(singular(resource))} matches the given query.`,
  );

const notValid: Answer = ({ facts }, asked, model) => {
  const violations = facts.violations ?? [];
  if (violations.some(({ keyword }) => keyword === 'id')) return detail(404, 'Not found.');
  const { resource } = asked;
  const shape = resource && resource.kind !== 'value' ? resource.check?.shape : undefined;
  const order = [...(shape?.fields.keys() ?? [])];
  // In a PATCH nothing is required; what is missing is told only where nothing else stops the write.
  const others = violations.filter(({ keyword }) => keyword !== 'required');
  const told = asked.action === 'update' && others.length > 0 ? others : violations;
  return [400, errorsOf(told, model, order)];
};

const notJson: Answer = ({ facts, message }) => {
  const fault = pythonJsonError(facts.text ?? '');
  return detail(400, `JSON parse error - ${fault ? pythonJsonSentence(fault) : message}`);
};

/** As Python says it where it stops to read. */
const tooDeep: Answer = ({ facts: { text = '', offset = 0 } }) => {
  const kind = text[offset] === '[' ? 'array' : 'object';
  const fault = `maximum recursion depth exceeded while decoding a JSON ${kind} from a unicode string`;
  return detail(400, `JSON parse error - ${fault}`);
};

const badBody: Answer = ({ status, facts, message }) => {
  if (!('value' in facts)) return detail(status, message);
  const text = facts.value === null ? 'No data provided' : invalid.nested(facts.value);
  return [400, { non_field_errors: [text] }];
};

const badParameter: Answer = ({ facts, message }) => {
  if (!facts.violations) return [400, [message]];
  const pairs = facts.violations.map(({ path, message }) => [fromPointer(path)[0], [message]]);
  return [400, Object.fromEntries(pairs)];
};

const unknownParameter: Answer = ({ message, facts: { parameter } }) =>
  parameter === undefined ? [400, [message]] : [400, { [parameter]: [message] }];

const notAllowed: Answer = (_problem, { method }) => detail(405, `Method "${method}" not allowed.`);

/** What the exceptions of the framework say for themselves, where middleware said no more than a status. */
const details: Readonly<Record<string, string>> = {
  'Bad Request': 'Malformed request.',
  Unauthorized: 'Authentication credentials were not provided.',
  Forbidden: 'You do not have permission to perform this action.',
  'Not Found': 'Not found.',
  'Too Many Requests': 'Request was throttled.',
  'Internal Server Error': 'A server error occurred.',
};

const refused: Answer = ({ status, message }) =>
  detail(status, Object.hasOwn(details, message) ? (details[message] as string) : message);

/** How each problem is told; all others by their own sentence. */
const answers: Partial<Record<ProblemCode, Answer>> = {
  'not-found': notFound,
  'no-parent': notFound,
  refused,
  invalid: notValid,
  'not-unique': notValid,
  'bad-json': notJson,
  'too-deep': tooDeep,
  'bad-encoding': ({ facts }) =>
    detail(400, `JSON parse error - ${pythonDecodeError(facts.bytes ?? new Uint8Array())}`),
  'bad-body': badBody,
  'bad-parameter': badParameter,
  'unknown-parameter': unknownParameter,
  // Django's own server takes a body without a type for text.
  'unsupported-media-type': ({ facts }) =>
    detail(415, `Unsupported media type "${facts.mediaType || 'text/plain'}" in request.`),
  'method-not-allowed': notAllowed,
  'writes-off': notAllowed,
};

const HTML = { 'Content-Type': 'text/html; charset=utf-8' };
const page = (title: string, text: string): string =>
  `<!doctype html>\n<html lang="en">\n<head><title>${title}</title></head>\n<body><h1>${title}</h1><p>${text}</p></body>\n</html>\n`;

/** A path without a view is answered by Django itself, with a page. */
const UNROUTED: readonly ProblemCode[] = ['unknown-resource', 'bad-path'];

export function problemReply(
  problem: Problem,
  model: string,
  asked: Asked,
  headers: Readonly<Record<string, string>>,
): Reply {
  if (UNROUTED.includes(problem.code))
    return { status: 404, headers: HTML, body: page('Not Found', 'There is nothing at this path.') };
  const [status, body] = (answers[problem.code] ?? plainly)(problem, asked, model);
  return { status, headers: { ...problem.facts.headers, ...headers }, body: JSON.stringify(body) };
}
