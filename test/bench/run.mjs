// npm run bench [-- http | queries | start] [-- --quick]
const benches = {
  http: async () => (await import('./http.mjs')).benchHttp,
  queries: async () => (await import('./queries.mjs')).benchQueries,
  start: async () => (await import('./start.mjs')).benchStart,
};
const words = process.argv.slice(2);
const options = words.includes('--quick') ? { rounds: 3, ms: 300 } : {};
const named = words.filter((word) => Object.hasOwn(benches, word));
for (const name of named.length > 0 ? named : Object.keys(benches)) {
  console.log(`# ${name}\n`);
  await (await benches[name]())(options);
}
process.exit();
