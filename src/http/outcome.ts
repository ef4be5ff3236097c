import type { Reply } from '../dialect/dialect.ts';
import type { Item } from '../json/json.ts';
import type { Problem } from '../problem.ts';

/** A reply on its way out, with what the stages that it passes must know of it. */
export interface Outcome extends Reply {
  /** The item that it shows: its validators are about that. */
  readonly item?: Item;
  /** Why the request was refused. */
  readonly problem?: Problem;
}

type Coming = Outcome | Promise<Outcome>;

/** Whether a body is there at once. A stream comes piece by piece, and once. */
export const isWhole = (body: Reply['body']): body is string | Uint8Array =>
  typeof body === 'string' || body instanceof Uint8Array;

/** Goes on with an answer, at once if it is there: a promise would cost time on every request. */
export const after = (answer: Coming, go: (answer: Outcome) => Coming): Coming =>
  answer instanceof Promise ? answer.then(go) : go(answer);

/** Answers what is thrown, at once or later. */
export function caught(run: () => Coming, refuse: (error: unknown) => Coming): Coming {
  try {
    const answer = run();
    return answer instanceof Promise ? answer.catch(refuse) : answer;
  } catch (error) {
    return refuse(error);
  }
}
