import { makeShow } from './http/actions/show.ts';
import type { Live } from './http/live.ts';
import { makeNote } from './http/log.ts';
import { type Answering, makeAnswering } from './http/stages/order.ts';
import { makeRewrite } from './http/stages/rewrite.ts';
import type { Inputs } from './inputs.ts';
import type { LogLine } from './options/options.ts';
import type { Base } from './store/base.ts';
import type { State } from './store/state.ts';

/** What a reload swaps: all that was read, and what answers from it. It never changes. */
export interface Generation extends Answering {
  readonly inputs: Inputs;
  readonly base: Base;
}

/** `current` is the generation of the moment: some requests last longer than theirs. */
export function makeGeneration(
  inputs: Inputs,
  base: Base,
  state: State,
  log: (line: LogLine) => void,
  current: () => Generation,
): Generation {
  const { settings, dialect, built, rules } = inputs;
  const live: Live = {
    settings,
    dialect,
    model: built.model,
    state,
    show: makeShow(dialect),
    rewrite: makeRewrite(rules),
    log,
    note: makeNote(log),
    isCurrent: () => current().live === live,
  };
  return Object.freeze({ inputs, base, ...makeAnswering(live, current) });
}
