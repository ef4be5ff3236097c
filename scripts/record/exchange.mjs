// One exchange: the requests that a table lists, and of each answer what is worth keeping.

import { request } from 'node:http';

/** `GET /trees`, or the same as `ask` beside `headers`, a body as `json`, or one as `text`. */
const readStep = (step) => {
  const { ask, ...rest } = typeof step === 'string' ? { ask: step } : step;
  const [method, path] = ask.split(/ (.*)/);
  return { method, path, ...rest };
};

/** A `{name}` in a request stands for what an earlier answer of the exchange gave. */
const fill = (text, given) => text.replace(/\{(id|etag)\}/g, (_, name) => given[name]);

function send(url, { method, path, headers = {}, json, text }, given) {
  const body = json === undefined ? text : JSON.stringify(json);
  const own = {
    ...(json !== undefined && { 'content-type': 'application/json' }),
    ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
  };
  const asked = Object.entries(headers).map(([name, value]) => [name, fill(value, given)]);
  return new Promise((resolve, reject) => {
    const options = { method, headers: { ...own, ...Object.fromEntries(asked) }, agent: false };
    const { hostname, port } = new URL(url);
    const sent = request({ hostname, port, path: fill(path, given), ...options }, async (response) => {
      try {
        const chunks = await response.toArray();
        resolve({
          status: response.statusCode,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        });
      } catch (error) {
        reject(error);
      }
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const parsed = (text) => {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return text === '' ? {} : { text };
  }
};

/** An answer with the headers that matter, and what is never twice the same replaced by the rules. */
function keep({ status, headers, body }, setup) {
  const settle = (text) =>
    setup.volatile.reduce((now, { pattern, as }) => now.replace(new RegExp(pattern, 'gis'), as), text);
  const settled = settle(body);
  const kept = setup.headers
    .filter((name) => headers[name] !== undefined)
    // An ETag is made of the bytes, so that it changes with them.
    .filter((name) => name !== 'etag' || settled === body)
    .map((name) => [name, settle(String(headers[name]))]);
  return { status, headers: Object.fromEntries(kept), ...parsed(settled) };
}

/** Asks each step of a server, one after the other. */
export async function exchange(url, steps, setup) {
  const kept = [];
  const given = {};
  for (const step of [steps].flat().map(readStep)) {
    const answer = await send(url, step, given);
    const id = parsed(answer.body).json?.id;
    if (id !== undefined) given.id = id;
    if (answer.headers.etag) given.etag = answer.headers.etag;
    kept.push({ request: step, response: keep(answer, setup) });
  }
  return kept;
}
