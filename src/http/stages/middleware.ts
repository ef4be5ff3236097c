import type { Middleware } from 'koa';
import compose from 'koa-compose';
import type { Settings } from '../../options/settings.ts';

const none: Middleware = (_ctx, next) => next();

/** The middleware of the config, as one. A reload makes another; a request ends with what it began with. */
export const middlewareOf = ({ middleware }: Settings): Middleware =>
  middleware.length === 0 ? none : compose(middleware as unknown as Middleware[]);
