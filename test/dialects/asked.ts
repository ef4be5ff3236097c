import { onTestFinished } from 'vitest';
import type { Dialect, DialectParameter } from '../../src/dialect/dialect.ts';
import type { Query, Terms } from '../../src/dialect/index.ts';
import { readTerms } from '../../src/dialect/terms.ts';
import { parametersOf } from '../../src/dialect/understood.ts';
import { findDialect } from '../../src/dialects/index.ts';
import type { Options } from '../../src/options/options.ts';
import { createStandin } from '../../src/standin.ts';
import { client } from '../request.ts';

/** What a server understood of the last list it was asked for. */
interface Understood {
  readonly status: number;
  readonly terms: Terms;
  /** Undefined where it was refused. */
  readonly query: Query | undefined;
}

/** A server that keeps what it reads of a query, and the rows it reads it by. */
export async function reading(name: string, resource: string, options: Options) {
  let seen: Omit<Understood, 'status'> | undefined;
  const own = await findDialect(name);
  const dialect: Dialect = Object.assign(Object.create(own), {
    listQuery(...[asked, collection]: Parameters<Dialect['listQuery']>): Query {
      const terms = readTerms(own, asked, collection);
      seen = { terms, query: undefined };
      const query = own.listQuery(asked, collection);
      seen = { terms, query };
      return query;
    },
  });
  const standin = await createStandin({
    watch: false,
    log: () => {},
    writes: 'memory',
    ...options,
    dialect,
    port: 0,
  });
  onTestFinished(() => standin.close());
  const { url } = await standin.listen();
  const { get } = client(url);
  const collection = standin.model.resources.get(resource);
  const rows: readonly DialectParameter[] = parametersOf(own, collection, 'list', standin.model);
  const path = standin.path(resource);
  return {
    rows,
    /** What is read of a query; undefined where no list was read. */
    async read(query: string): Promise<Understood | undefined> {
      seen = undefined;
      const { status } = await get(query === '' ? path : `${path}?${query}`);
      return seen && { ...(seen as Omit<Understood, 'status'>), status };
    },
  };
}
