import type { Reporter, TestModule, Vitest } from 'vitest/node';

/** Ends the output with the seed of what was drawn, and a line that a program can read: `12 passed, 0 failed`. */
export default class Tally implements Reporter {
  #seed: unknown;

  onInit(vitest: Vitest): void {
    this.#seed = vitest.config.provide.seed;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const states = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    );
    const count = (state: string) => states.filter((one) => one === state).length;
    // A file that could not be run has no tests of its own to count.
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length;
    // After the summary that the default reporter writes.
    process.once('exit', () => {
      process.stdout.write(
        `TEST_SEED=${this.#seed}\n${count('passed')} passed, ${count('failed') + broken} failed\n`,
      );
    });
  }
}
