import type { Conventions } from '../../dialect/conventions.ts';
import type { Answer, Route } from '../../dialect/dialect.ts';
import type { Verb } from './verbs.ts';

type What = Pick<Route, 'body' | 'answers'>;

/** What a route takes and gives, apart from what can be wrong with any request. */
interface Form {
  readonly body?: Route['body'];
  readonly status: (statuses: Conventions['answers']['statuses']) => number;
  readonly answer: Answer;
  /** It writes a body that can break its schema. */
  readonly checked?: true;
}

const ok = () => 200;

/** By action, of a collection. */
const forms: Readonly<Record<Verb['action'], Form>> = {
  list: { status: ok, answer: 'list' },
  create: { body: 'item', status: ({ create }) => create, answer: 'item', checked: true },
  read: { status: ok, answer: 'item' },
  replace: { body: 'item', status: ok, answer: 'item', checked: true },
  update: { body: 'part', status: ok, answer: 'item', checked: true },
  // Backends that answer a delete with a body show the item there.
  remove: { status: ({ remove }) => remove, answer: 'item' },
  root: { status: ok, answer: 'page' },
};

const many: Partial<Record<Verb['action'], Form>> = {
  update: { body: 'part', status: ok, answer: 'list', checked: true },
  remove: { status: ({ remove }) => remove, answer: 'list' },
};

export interface Spot {
  /** The path names an item: it may not be there. */
  readonly namesItem: boolean;
  readonly kind: 'list' | 'item' | 'single' | 'page';
}

/** The body that a route takes, and what it answers by status. */
export function answersOf(verb: Verb, { namesItem, kind }: Spot, { answers }: Conventions): What {
  const { statuses } = answers;
  if (kind === 'page') return { answers: { 200: 'page' } };
  const form = (verb.filtered ? many[verb.action] : undefined) ?? forms[verb.action];
  const isSingle = kind === 'single';
  const status = form.status(statuses);
  return {
    ...(form.body ? { body: isSingle && form.body === 'item' ? 'value' : form.body } : {}),
    answers: {
      [status]: status === 204 ? 'nothing' : isSingle ? 'value' : form.answer,
      ...(form.checked ? { [statuses.invalid]: 'problem' as const } : {}),
      ...(namesItem ? { 404: 'problem' as const } : {}),
    },
  };
}
