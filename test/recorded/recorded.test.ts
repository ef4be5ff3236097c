import { describe, expect, test } from 'vitest';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';
import { asRecorded, type Exchange, type Recording, recordings } from './recording.ts';
import { skips } from './skips.ts';

/** A server with the data of the recording, as nobody has asked it yet. */
function fresh({ config, data, schemas = {} }: Recording['setup']) {
  const named = Object.entries(schemas).map(([name, schema]) => [`schemas/${name}.schema.json`, schema]);
  const dir = folder({ 'db.json': data, ...Object.fromEntries(named) });
  const options = { ...config, sources: dir.file('db.json') };
  return serve(named.length === 0 ? options : { ...options, schemas: dir.file('schemas') });
}

/** Sends the requests of an exchange, and holds each answer against what the backend answered. */
async function replay({ steps }: Exchange, setup: Recording['setup']) {
  const { send } = await fresh(setup);
  const given = new Map<string, string>();
  const fill = (text: string) => text.replace(/\{(id|etag)\}/g, (_, name: string) => given.get(name) ?? '');
  for (const { request, response } of steps) {
    const { method, path, headers = {}, json, text } = request;
    const filled = Object.entries(headers).map(([name, value]) => [name, fill(value)]);
    const body = json === undefined ? text : json;
    const answer = await send(fill(path), { method, headers: Object.fromEntries(filled), body });
    const { id } = (answer.json ?? {}) as { id?: unknown };
    if (id !== undefined) given.set('id', String(id));
    if (answer.headers.etag) given.set('etag', answer.headers.etag);
    const answered = asRecorded(answer, setup);
    expect(answered).toEqual(response);
    // The order of fields counts, too.
    expect(JSON.stringify(answered)).toBe(JSON.stringify(response));
  }
}

for (const { name, setup, topics } of recordings)
  describe.each(topics)(`${name}: $topic`, ({ topic, exchanges }) => {
    for (const exchange of exchanges) {
      const keep = skips[name]?.[`${topic}: ${exchange.name}`] === undefined ? test : test.fails;
      keep(exchange.name, () => replay(exchange, setup));
    }
  });

test('what is skipped was recorded, and has a reason', () => {
  for (const [name, reasons] of Object.entries(skips)) {
    const topics = recordings.find((recording) => recording.name === name)?.topics ?? [];
    const known = topics.flatMap(({ topic, exchanges }) => exchanges.map((one) => `${topic}: ${one.name}`));
    expect(new Set(known).size).toBe(known.length);
    expect(Object.keys(reasons).filter((key) => !known.includes(key))).toEqual([]);
    expect(Object.values(reasons).every((reason) => reason.length > 10)).toBe(true);
  }
});
