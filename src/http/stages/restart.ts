import { type Call, Stale } from '../call.ts';
import type { Live } from '../live.ts';
import { caught } from '../outcome.ts';
import type { Next, Stage } from './stage.ts';

interface Making {
  /** What stands in place of everything now, and its stages from here on. */
  readonly current: () => { readonly live: Live; readonly again: Next };
}

/** A request that waited for its body, or its turn to write, may find its model replaced: it begins again on the new one. */
export function restart(_live: Live, { current }: Making): Stage {
  const run = (call: Call, next: Next): ReturnType<Stage> =>
    caught(
      () => next(call),
      (error) => {
        if (!(error instanceof Stale)) throw error;
        const { live, again } = current();
        call.restart(live);
        return run(call, again);
      },
    );
  return run;
}
