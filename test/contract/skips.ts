type Reasons = Readonly<Record<string, string>>;

const every = (reason: string, ...names: string[]): Reasons =>
  Object.fromEntries(names.map((name) => [name, reason]));

/** json-server, in both of its versions. */
const jsonServers: Reasons = {
  ...every('no body counts as an empty object', 'a write without a body is refused'),
  ...every(
    'an item is served at the path of its own collection only',
    'a child is read below its parent',
    'a child is not found below another parent',
  ),
};

const jsonServer: Reasons = {
  ...jsonServers,
  ...every('a nested list is a filter: it is empty', 'a list below a parent that is not there is a 404'),
  ...every('such a body is read as an empty object', 'a body of another type is refused'),
  ...every('foreign keys are never checked', 'a declared foreign key must lead to an item'),
};

const fastapi: Reasons = {
  ...every('FastAPI has no way of its own to sort', 'a list is sorted'),
  ...every('a list is an array, and no header counts it', 'a page says how many items there are in all'),
  ...every('a route has the verbs it is declared with: 405', 'HEAD is GET without its body'),
  ...every('a route has the verbs it is declared with: 405', 'OPTIONS names the verbs in Allow'),
};

/** By dialect, the cases that it does not meet, and why. A case that is met after all fails: the entry must go. */
export const skips: Readonly<Record<string, Reasons>> = {
  jsonplaceholder: {
    ...jsonServer,
    ...every('the id is always the next one', "a client's own id is kept", 'an id that is taken is refused'),
    ...every(
      'writes are answered as if they had happened, and nothing is kept',
      'what is created is read back',
      'PUT replaces an item',
      'PUT drops what is not sent',
      'PATCH changes what is sent and keeps the rest',
      'what is deleted is gone',
      'a singleton is changed',
      'onDelete keep leaves the children as they are',
      "onDelete nullify empties the children's keys",
      'onDelete cascade takes the children along',
    ),
    ...every('the answer shows whatever was sent', 'the id in a body does not move an item'),
    ...every(
      'it is answered as if the item were there',
      'PATCH of an item that is not there is a 404',
      'DELETE of an item that is not there is a 404',
    ),
  },
  'json-server': jsonServer,
  'json-server-1': {
    ...jsonServers,
    ...every('ids are text', 'an id keeps the type that it has in the fixture'),
    ...every('ids are text, and chosen at random', 'a new item gets the next id, as a number'),
    ...every('ids are chosen by the server', "a client's own id is kept", 'an id that is taken is refused'),
    ...every('foreign keys are never checked', 'a declared foreign key must lead to an item'),
    ...every(
      'there are no nested routes',
      'the children of an item are listed below it',
      'a child that is created below its parent gets its key',
    ),
  },
  'simple-rest': every('PUT sends the fields that change', 'PUT drops what is not sent'),
  django: {
    ...every(
      'the id is read-only in a ModelSerializer',
      "a client's own id is kept",
      'an id that is taken is refused',
    ),
    ...every('a serializer leaves optional fields alone that are not sent', 'PUT drops what is not sent'),
    ...every('no body counts as an empty object', 'a write without a body is refused'),
    ...every('a nested list is a filter: it is empty', 'a list below a parent that is not there is a 404'),
  },
  fastapi,
  'fastapi-pydantic1': fastapi,
};
