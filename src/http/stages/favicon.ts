import { Problem } from '../../problem.ts';
import { caught } from '../outcome.ts';
import type { Stage } from './stage.ts';

/** Browsers ask for an icon by themselves: where nobody serves one, that is not worth an error. */
export const favicon = (): Stage => (call, next) => {
  if (call.ctx.path !== '/favicon.ico' || !call.isRead) return next(call);
  return caught(
    () => next(call),
    (error) => {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      return { status: 204, headers: {} };
    },
  );
};
