import { printable } from '../../printable.ts';
import type { Problem } from '../../problem.ts';
import type { Live } from '../live.ts';
import { shorten } from '../log.ts';
import { after } from '../outcome.ts';
import type { Stage } from './stage.ts';

const MAX_REASON = 500;

/** Why a request was refused. A fault of ours has a line of its own, with its stack. */
function reasonOf(problem: Problem | undefined): string {
  if (!problem || problem.code === 'internal') return '';
  const { message, facts } = problem;
  return `: ${shorten(printable(facts.hint ? `${message}. ${facts.hint}` : message), MAX_REASON)}`;
}

/** One line a request: method, path, status, time, and the reason where it was refused. */
export function log({ settings, log: write }: Live): Stage | undefined {
  if (settings.quiet || !settings.log) return undefined;
  return (call, next) => {
    const start = performance.now();
    return after(next(call), (answer) => {
      const ms = (performance.now() - start).toFixed(1);
      const { method, originalUrl } = call.ctx;
      const { status, problem } = answer;
      const text = `${method} ${printable(originalUrl)} ${status} ${ms} ms${reasonOf(problem)}`;
      write({ level: 'info', text, status });
      return answer;
    });
  };
}
