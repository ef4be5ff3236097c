// Preloaded with --import: says the name of each package when a module of it is loaded.
import { register } from 'node:module';

const hooks = `
import { writeSync } from 'node:fs';
const seen = new Set();
export async function load(url, context, next) {
  const name = /.*node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1];
  if (name && !seen.has(name)) {
    seen.add(name);
    writeSync(1, 'loaded ' + name + '\\n');
  }
  return next(url, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
