import { expect } from 'vitest';

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

/** What this process computed so far: other processes on a busy machine do not count. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Less than this says more about the machine than about the work. */
const NOISE_MS = 3;

/**
 * Holds that work grows with its size and no faster: what it costs at n, 2n and 4n, as ratios of medians. Quadratic
 * work would cost four times as much with each doubling. `make` prepares outside the clock.
 */
export async function growsLinearly<T>(
  n: number,
  make: (size: number) => T | Promise<T>,
  work: (made: T) => unknown,
  rounds = 5,
): Promise<void> {
  const sizes = [n, 2 * n, 4 * n];
  const taken = new Map(sizes.map((size) => [size, [] as number[]]));
  // Sizes take turns, so that what slows the machine slows all of them; the first round warms up.
  for (let round = -1; round < rounds; round++) {
    for (const size of sizes) {
      const made = await make(size);
      const start = cpuMs();
      await work(made);
      if (round >= 0) taken.get(size)?.push(cpuMs() - start);
    }
  }
  const [small = 0, middle = 0, large = 0] = sizes.map((size) =>
    Math.max(NOISE_MS, median(taken.get(size) ?? [])),
  );
  // Over both doublings, so that one unlucky moment in the middle does not count twice.
  const each = Math.sqrt(large / small);
  expect(each, `${small}, ${middle}, ${large} ms at ${sizes.join(', ')}`).toBeLessThan(3);
}
