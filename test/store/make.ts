import { buildModel } from '../../src/model/build.ts';
import { resolveOptions } from '../../src/options/settings.ts';
import { load } from '../../src/sources/load.ts';
import { Modules } from '../../src/sources/modules/loader.ts';
import { makeBase } from '../../src/store/base.ts';
import { Store } from '../../src/store/store.ts';

/** A store above the data given, without a server around it. */
export async function makeStore(given: Record<string, unknown>): Promise<Store> {
  const { data } = await load({ sources: [given], idField: 'id', cache: new Map(), modules: new Modules() });
  const built = await buildModel(data, resolveOptions());
  return new Store(built.model, makeBase(built));
}
