// node bare-koa.mjs <answers.json>: sends texts it was given, as a Koa app without any framework of ours would.
import { readFileSync } from 'node:fs';
import Koa from 'koa';
import bodyParser from 'koa-bodyparser';

const answers = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const app = new Koa();
app.use(bodyParser());
app.use((ctx) => {
  const answer = answers[`${ctx.method} ${ctx.path}`];
  if (ctx.method === 'POST' && typeof ctx.request.body.title !== 'string') ctx.throw(400);
  ctx.status = answer.status;
  ctx.type = 'application/json; charset=utf-8';
  ctx.body = answer.body;
});
const server = app.listen(0, 'localhost', () => console.log(`listening on ${server.address().port}`));
