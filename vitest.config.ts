import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** Tests that start a process or a browser, wait for files to be watched, or measure growth: `npm run test:fast` leaves them out. */
const SLOW = /from '(node:child_process|playwright-core|.*\/(command|growth)\.ts)'|watch: true/;

const slow = () =>
  readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && SLOW.test(readFileSync(`test/${file}`, 'utf8')))
    .map((file) => `test/${file}`);

export default defineConfig(({ mode }) => ({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: mode === 'fast' ? slow() : [],
    setupFiles: ['./test/random.ts'],
    // Node runs the modules of users, as it does when vitest is not there.
    server: { deps: { external: [/\?standin=/] } },
    provide: { seed: Number(process.env.TEST_SEED ?? Math.floor(Math.random() * 2 ** 31)) },
    // Vitest leaves one core free: with two, that halves what runs at a time.
    maxWorkers: '100%',
    // Some tests start the real command or a browser on a machine that is busy with other tests.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
    reporters: ['default', './test/tally.ts'],
  },
}));
