export type { Dialect } from './dialects/dialect.ts';
export type { LogLine, Options, ResourceOptions } from './options.ts';
export { Problem } from './problem.ts';
export type { Listening } from './server.ts';
export { createStandin, type Standin, version } from './standin.ts';
