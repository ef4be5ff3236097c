import { once } from 'node:events';
import { type Agent, type ClientRequest, request } from 'node:http';
import type { Headers } from './request.ts';

export interface SlowOptions {
  readonly method?: string;
  readonly headers?: Headers;
  readonly agent?: Agent;
}

/** A write whose body is still on its way, and that the server has begun to answer; `finish` sends the body. */
export async function slowWrite(url: string, body: object, options: SlowOptions = {}) {
  const { method = 'POST', headers = {}, agent = false } = options;
  const text = JSON.stringify(body);
  const own = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    Expect: '100-continue',
  };
  const sent: ClientRequest = request(url, { method, headers: { ...own, ...headers }, agent });
  const answer = once(sent, 'response').then(([response]) => response.resume());
  answer.catch(() => {});
  sent.flushHeaders();
  await once(sent, 'continue');
  const finish = async () => {
    sent.end(text);
    const { statusCode, headers } = await answer;
    return { status: statusCode as number, headers };
  };
  return { sent, finish };
}
