import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const executable = PLACES.find((path) => existsSync(path));
const MISSING = `no Chromium in ${PLACES.join(', ')}: apt-get install chromium`;

/** A page of an app on a port of its own. */
async function open() {
  const app = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>App</title>');
  });
  await new Promise<void>((listening) => app.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void app.close());
  const profile = folder();
  const context = await chromium.launchPersistentContext(profile.path, {
    executablePath: executable as string,
    args: ARGS,
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const { port } = app.address() as { port: number };
  await page.goto(`http://127.0.0.1:${port}/`);
  return page;
}

/** What a page learns from an answer. Runs in the browser. */
async function ask([url, options]: readonly [string, RequestInit]) {
  const answer = await fetch(url, options);
  const text = await answer.text();
  const { headers, status } = answer;
  return {
    status,
    text,
    total: headers.get('X-Total-Count'),
    location: headers.get('Location'),
    link: headers.get('Link'),
  };
}

const sources = () => ({ posts: [{ id: 1, title: 'one' }] });
const withJson = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

test('an app on another port reads and writes', { timeout: 60_000 }, async ({ skip }) => {
  if (!executable && process.env.CI === 'true') throw new Error(MISSING);
  if (!executable) console.log(`skipped: ${MISSING}`);
  skip(!executable, MISSING);
  const { url } = await serve({ sources: sources() });
  const page = await open();
  const answers = new Map<string, Awaited<ReturnType<typeof ask>>>();
  for (const [name, path, options] of [
    ['list', '/posts?_page=1', {}],
    ['create', '/posts', withJson('POST', { title: 'two' })],
    ['replace', '/posts/1', { ...withJson('PUT', { title: 'uno' }), credentials: 'include' }],
    ['change', '/posts/2', { ...withJson('PATCH', { stars: 5 }), credentials: 'include' }],
    ['refused', '/posts', { ...withJson('POST', { id: 1 }), credentials: 'include' }],
    ['delete', '/posts/1', { method: 'DELETE', headers: { 'X-Trace': '1' } }],
    ['read', '/posts', { credentials: 'include' }],
  ] as const) {
    answers.set(name, await page.evaluate(ask, [url + path, options] as const));
  }
  expect(answers.get('list')).toMatchObject({
    status: 200,
    total: '1',
    link: expect.stringContaining('rel="last"'),
  });
  expect(answers.get('create')).toMatchObject({ status: 201, location: '/posts/2' });
  expect(answers.get('replace')).toMatchObject({ status: 200, text: '{"id":1,"title":"uno"}' });
  expect(answers.get('change')).toMatchObject({ status: 200, text: '{"id":2,"title":"two","stars":5}' });
  expect(answers.get('refused')).toMatchObject({ status: 409 });
  expect(answers.get('delete')).toMatchObject({ status: 204, text: '' });
  expect(answers.get('read')).toMatchObject({ status: 200, text: '[{"id":2,"title":"two","stars":5}]' });
});
