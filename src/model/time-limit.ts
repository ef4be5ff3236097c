import { createContext, Script } from 'node:vm';

const script = new Script('work()');

/** Runs work that does not wait for anything; false when it was stopped because it took longer than allowed. */
export function runsWithin(ms: number, work: () => void): boolean {
  try {
    script.runInContext(createContext({ work }), { timeout: ms });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  }
}
