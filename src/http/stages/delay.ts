import { setTimeout } from 'node:timers/promises';
import type { Live } from '../live.ts';
import type { Stage } from './stage.ts';

/** Holds an answer back as long as the dialect says. */
export function delay({ dialect }: Live): Stage | undefined {
  if (!dialect.delay) return undefined;
  return (call, next) => {
    const ms = dialect.delay?.(call) ?? 0;
    return ms > 0 ? late(next(call), ms) : next(call);
  };
}

async function late(answer: ReturnType<Stage>, ms: number) {
  const ready = await answer;
  await setTimeout(ms);
  return ready;
}
