import { execFile } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { folder } from './folder.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TSC = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));
const MINUTES = 60_000;

const strict = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  target: 'es2023',
  module: 'nodenext',
};

interface Project {
  readonly program: string;
  /** The packages of types that the project has installed. */
  readonly types: boolean;
}

/** What the compiler says about a project that has installed standin: nothing, where it compiles. */
async function compile({ program, types }: Project): Promise<string> {
  const compilerOptions = { ...strict, skipLibCheck: types, types: types ? ['node'] : [] };
  const dir = folder({
    'package.json': { type: 'module' },
    'tsconfig.json': { compilerOptions, files: ['app.ts'] },
    'app.ts': program,
    'node_modules/standin/package.json': readFileSync(`${ROOT}package.json`, 'utf8'),
  });
  cpSync(`${ROOT}dist`, dir.file('node_modules/standin/dist'), { recursive: true });
  if (types) symlinkSync(`${ROOT}node_modules/@types`, dir.file('node_modules/@types'));
  const run = promisify(execFile)(process.execPath, [TSC, '-p', dir.path], { cwd: dir.path });
  return run.then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
}

test('a strict project compiles without any types of Koa or Node', { timeout: 3 * MINUTES }, async () => {
  const program = `
    import { createStandin, rest, type Dialect, type Middleware, type Options } from 'standin';

    const guard: Middleware = (ctx, next) => {
      if (ctx.get('authorization') === '') ctx.throw(401, { headers: { 'WWW-Authenticate': 'Bearer' } });
      ctx.state.user = ctx.cookies.get('user');
      ctx.assert(ctx.state.user, 403, 'who are you?');
      return next();
    };
    const teapot = () => {};
    const options: Options = {
      middleware: [
        guard,
        teapot,
        async (ctx, next) => {
          ctx.set('X-Mine', ctx.path);
          if (ctx.request.body === undefined) ctx.throw(400, 'no body');
          await next();
          if (ctx.status === 404) ctx.status = 410;
          ctx.body = { ok: true };
        },
        (ctx: { path: string }) => ctx.path,
      ],
    };
    interface Post { id: number; title: string }
    interface Data { posts: Post[] }
    const data: Data = { posts: [{ id: 1, title: 'one' }] };
    const standin = await createStandin({ ...options, sources: data });
    await createStandin({ sources: ['fixtures', data] });
    const mine: Dialect = { ...rest, name: 'mine', conventions: { writes: { put: 'merge' } } };
    await createStandin({ sources: data, dialect: mine });
    const { url }: { url: string } = await standin.listen();
    const listener: (request: object, response: object) => unknown = standin.app.callback();
    // @ts-expect-error: a function of Express
    await createStandin({ middleware: [(request: object, response: object, next: () => void) => next()] });
    // @ts-expect-error: a member that a context does not have
    await createStandin({ middleware: [(ctx) => ctx.sett('a', 'b')] });
    // @ts-expect-error: an option that does not exist
    await createStandin({ sourses: url, listener });
    // @ts-expect-error: a source that is neither a path nor data
    await createStandin({ sources: 5 });`;
  expect(await compile({ program, types: false })).toBe('');
});

test("and one with them takes Koa's own middleware, and mounts the app", {
  timeout: 3 * MINUTES,
}, async () => {
  const program = `
    import { createServer } from 'node:http';
    import type Koa from 'koa';
    import { createStandin } from 'standin';

    interface State { user: string }
    interface Extra { db: { find(id: number): string } }
    const plain: Koa.Middleware = async (ctx, next) => {
      ctx.set('X-Mine', '1');
      await next();
    };
    const typed: Koa.Middleware<State, Extra> = (ctx, next) => {
      ctx.state.user = ctx.db.find(1);
      return next();
    };
    const annotated = async (ctx: Koa.Context, next: Koa.Next) => {
      ctx.throw(401);
      await next();
    };
    const stateful = async (ctx: Koa.ParameterizedContext<State>, next: Koa.Next) => {
      await next();
      ctx.req.setTimeout(5);
    };
    const standin = await createStandin({
      middleware: [plain, typed, annotated, stateful, (ctx) => ctx.throw(418)],
    });
    createServer(standin.app.callback());
    // @ts-expect-error: a function of Express
    await createStandin({ middleware: [plain, (request: object, response: object, next: () => void) => next()] });`;
  expect(await compile({ program, types: true })).toBe('');
});
