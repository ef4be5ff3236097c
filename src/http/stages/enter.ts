import { Problem } from '../../problem.ts';
import type { Call } from '../call.ts';
import type { Live } from '../live.ts';
import type { Next, Stage } from './stage.ts';

/** Enters the session that a request names, so that it stays as long as it is used. */
export function enter({ settings, state }: Live): Stage {
  const isRequired = settings.sessions === 'required';
  const { sessions } = state;

  const inside = async (call: Call, name: string, next: Next) => {
    call.session = sessions.enter(name);
    try {
      return await next(call);
    } finally {
      sessions.leave(call.session);
    }
  };

  return (call, next) => {
    const { sessionName, method } = call;
    if (sessionName !== undefined) return inside(call, sessionName, next);
    if (isRequired && method !== 'OPTIONS')
      throw new Problem('session-required', 'a session is required, and this request names none', {
        hint: 'Send the header X-Standin-Session, the cookie standin_session, or put /_standin/s/NAME before the path.',
      });
    return next(call);
  };
}
