/**
 * What middleware may count on of Koa's context. It is written down here so that a project compiles without the types of
 * Koa; in one that has them, Koa's own `Middleware` is taken as well.
 */
export interface Context {
  readonly originalUrl: string;
  readonly origin: string;
  readonly host: string;
  readonly hostname: string;
  readonly protocol: string;
  readonly ip: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  method: string;
  url: string;
  path: string;
  query: Record<string, string | string[] | undefined>;
  querystring: string;
  /** A header of the request; empty where it was not sent. */
  get(field: string): string;

  status: number;
  body: unknown;
  type: string;
  set(field: string, value: string | string[]): void;
  set(fields: Record<string, string | string[]>): void;
  append(field: string, value: string | string[]): void;
  remove(field: string): void;
  vary(field: string | string[]): void;
  redirect(url: string): void;

  /** Refuses the request: the answer has this status, and the words of the dialect. */
  throw(status: number): never;
  throw(status: number, message: string | object): never;
  throw(status: number, message: string, properties: object): never;
  assert(value: unknown, status?: number, message?: string, properties?: object): void;

  /** What middleware hands on to other middleware. */
  // biome-ignore lint/suspicious/noExplicitAny: a state of any type fits, and it is its owner's to describe.
  readonly state: Record<string, any>;
  /** A body that middleware has parsed is used as it is. */
  readonly request: { readonly method: string; body?: unknown };
  readonly cookies: {
    get(name: string): string | undefined;
    set(name: string, value?: string | null, options?: object): unknown;
  };
  // biome-ignore lint/suspicious/noExplicitAny: Node's IncomingMessage, whose types need not be there either.
  readonly req: any;
  // biome-ignore lint/suspicious/noExplicitAny: Node's ServerResponse.
  readonly res: any;
}

export type Next = () => Promise<unknown>;

/** Written as a method, whose parameters are compared loosely: a function that asks for all of Koa's context fits too. */
export type Middleware = { run(context: Context, next: Next): unknown }['run'];

/** What a server of Node's calls with each request. */
export type Callback = { handle(request: object, response: object): unknown }['handle'];

/** A Koa app, as far as another server needs it: `createServer(app.callback())`. */
export interface App {
  callback(): Callback;
}
