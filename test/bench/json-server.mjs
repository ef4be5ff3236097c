// node json-server.mjs <folder it is installed in> <db.json>
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder, db] = process.argv.slice(2);
const jsonServer = createRequire(join(folder, 'package.json'))('json-server');
const app = jsonServer.create();
app.use(jsonServer.defaults({ logger: false, bodyParser: true }));
app.use(jsonServer.router(db));
const server = app.listen(0, 'localhost', () => console.log(`listening on ${server.address().port}`));
