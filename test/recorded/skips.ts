type Reasons = Readonly<Record<string, string>>;

const every = (reason: string, ...names: string[]): Reasons =>
  Object.fromEntries(names.map((name) => [name, reason]));

const jsonServers: Reasons = every('`Allow` names the verbs', 'http: OPTIONS');

/** By backend, the exchanges in which standin answers otherwise, and why. One that agrees after all fails: the entry must go. */
export const skips: Readonly<Record<string, Reasons>> = {
  'json-server': {
    ...jsonServers,
    ...every(
      'any page on the web could read along: credentials are for pages of this machine, and for origins that are allowed',
      'http: a preflight',
      'http: a foreign origin',
    ),
    ...every('a list is no item, and json-server stores one that no request can read', 'bodies: a list'),
    ...every(
      'children go along at every level; json-server leaves those of a deleted child until the next delete',
      'relations: a delete takes the children along',
    ),
    ...every('a taken id is a 409, where json-server crashes', 'writes: an item whose id is taken'),
    ...every(
      'a field that is `null` and one that is missing are the same to a sort, where lodash puts `null` first',
      'order: by a field that some items lack',
    ),
  },
  'json-server-1': {
    ...jsonServers,
    ...every(
      'a body that is no JSON is a 400, where json-server crashes',
      'bodies: JSON that is cut off',
      'bodies: a form',
    ),
    ...every(
      'HEAD is GET without its body, where json-server refuses it for the body that it lacks',
      'http: HEAD of a list',
      'http: HEAD of an item that is not there',
    ),
    ...every('every answer has the CORS headers', 'http: two slashes at the beginning'),
    ...every(
      'items without the field keep their order, which there is what the comparison happens to make of it',
      'order: by a field that some items lack',
    ),
  },
  django: {
    ...every('Django 5 names the charset of its page, 3.2 does not', 'http: a path that is not there'),
    ...every(
      'every answer has `X-Frame-Options`, a redirect of Django has none',
      'http: a path without its last slash',
      'http: an item without its last slash',
      'http: POST without the last slash',
    ),
  },
};
