import { alter, type Dialect } from '../../dialect/index.ts';
import { conventions, jsonServer } from './json-server.ts';

/** JSONPlaceholder: json-server's routes, and writes that are answered as if they had happened. */
export const jsonplaceholder: Dialect = {
  ...jsonServer,
  name: 'jsonplaceholder',
  conventions: alter(conventions, {
    writes: { ids: { client: 'ignore' } },
    answers: { missingItem: 'pretend' },
  }),
  defaults: { writes: 'fake', bodyLimit: '100kb' },
  item(item, asked) {
    const sent = asked.body as { readonly id?: unknown } | undefined;
    // Nothing is kept, and so a PATCH shows whatever it was sent.
    const shown =
      asked.action === 'update' && sent?.id !== undefined ? { ...item, id: sent.id as string } : item;
    return jsonServer.item(shown, asked);
  },
};
