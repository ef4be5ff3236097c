import type { Live } from '../live.ts';
import { setHeaders } from '../send.ts';
import type { Stage } from './stage.ts';

/** Set first, so that what comes later may say otherwise, the user's middleware too. */
export function headers({ dialect }: Live): Stage | undefined {
  const { headers: own = {} } = dialect;
  if (Object.keys(own).length === 0) return undefined;
  return (call, next) => {
    setHeaders(call.ctx, own);
    return next(call);
  };
}
