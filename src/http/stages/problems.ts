import type { Reply } from '../../dialect/dialect.ts';
import { Problem } from '../../problem.ts';
import { acceptPatch } from '../body/accept-patch.ts';
import type { Call } from '../call.ts';
import { withHint } from '../hints.ts';
import { faultLine } from '../log.ts';
import { caught, type Outcome } from '../outcome.ts';
import { isExposed, refusalOf } from '../thrown.ts';
import type { Stage } from './stage.ts';

/** Answers what was thrown in the dialect's words. Our own faults are logged with their stack, and reported without. */
export const problems = (): Stage => (call, next) =>
  caught(
    () => next(call),
    (error) => refused(call, error instanceof Problem ? withHint(error, call) : problemOf(error, call)),
  );

function refused(call: Call, problem: Problem): Outcome {
  // RFC 5789, 2.2: a PATCH in a format that is not taken is told which are.
  const patches: Reply['headers'] =
    problem.status === 415 && call.method === 'PATCH'
      ? { 'Accept-Patch': acceptPatch(call.live.dialect.conventions.bodies) }
      : {};
  // Not every dialect looks for headers such as the WWW-Authenticate of a 401: they are the middleware's to say.
  const own = problem.code === 'refused' ? problem.facts.headers : undefined;
  try {
    const reply = call.live.dialect.problem(problem, call);
    return { ...reply, headers: { ...patches, ...own, ...reply.headers }, problem };
  } catch (fault) {
    // A dialect of the user's own that has no words for it.
    return withoutWords(unexpected(fault, call));
  }
}

const withoutWords = (problem: Problem): Outcome => ({
  status: problem.status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ error: problem.message, message: problem.message }),
  problem,
});

/** Middleware may refuse a request by a status, as in any Koa app; everything else is a fault. */
function problemOf(error: unknown, call: Call): Problem {
  const refusal = refusalOf(error);
  if (!refusal) return unexpected(error, call);
  if (!isExposed(error)) logFault(error, call);
  return refusal;
}

function unexpected(error: unknown, call: Call): Problem {
  logFault(error, call);
  return new Problem('internal', 'something went wrong in standin; its log says more');
}

function logFault(error: unknown, { live, ctx }: Call): void {
  live.log(faultLine(`${ctx.method} ${ctx.path}: `, error));
}
