import type { CompleteDialect } from '../dialect/dialect.ts';
import type { Model } from '../model/model.ts';
import type { LogLine } from '../options/options.ts';
import type { Settings } from '../options/settings.ts';
import type { State } from '../store/state.ts';
import type { Show } from './actions/show.ts';

/** All that a request needs, swapped whole by a reload: a request sees one model from its beginning to its end. */
export interface Live {
  readonly settings: Settings;
  readonly dialect: CompleteDialect;
  readonly model: Model;
  readonly state: State;
  readonly show: Show;
  /** The URL that the option `routes` puts in place of one; undefined where it says nothing about it, or nothing at all. */
  readonly rewrite: ((url: string) => string | undefined) | undefined;
  /** False once a reload put another in its place. */
  isCurrent(): boolean;
  log(line: LogLine): void;
  /** Writes what was ignored, and where; what is the same once. */
  note(where: string, text: string): void;
}
