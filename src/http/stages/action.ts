import type { Stage } from './stage.ts';

/** The innermost stage: what a row of the routes does. */
export const action = (): Stage => (call) => call.target.run(call);
