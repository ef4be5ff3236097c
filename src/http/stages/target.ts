import { isFiltered } from '../actions/bulk.ts';
import { type Call, type Found, NO_TARGET, NOTHING_FOUND } from '../call.ts';
import type { Live } from '../live.ts';
import { follow, targetOf, unknownBelow } from '../routes/chain.ts';
import { missingVerb } from '../routes/missing.ts';
import { pathReader, type ReadPath } from '../routes/paths.ts';
import type { Routes } from '../routes/router.ts';
import { outsidePrefix } from '../routes/unknown.ts';
import type { Verbs } from '../routes/verbs.ts';
import { otherForm } from '../slash.ts';
import type { Stage } from './stage.ts';

/** Finds the row of a path and the verb of a method: from here on a request has its target. */
export function target(live: Live, { routes }: { readonly routes: Routes }): Stage {
  const { dialect } = live;
  const { paths } = dialect.conventions;
  const { shapes } = routes;
  const readPath = pathReader(live);

  const find = (call: Call, path: ReadPath | undefined): { readonly found: Found; readonly verbs: Verbs } => {
    if (!path) throw outsidePrefix(call);
    const { segments } = path;
    const place = routes.match(segments[0] ?? '', path.path);
    // What is wrong with a path that no row matches, its names say.
    if (!place) throw unknownBelow(live, segments);
    const chain = place.chain ?? (place.verbs ? undefined : follow(segments, live));
    const found = chain ? targetOf(chain, segments, live) : NOTHING_FOUND;
    return { found, verbs: place.verbs ?? (found.key === undefined ? shapes.list : shapes.item) };
  };

  return (call, next) => {
    const { path } = call.ctx;
    const read = readPath(path);
    const form = read?.format === undefined ? otherForm(call.ownPath, paths.slash) : undefined;
    if (form !== undefined && dialect.moved) {
      // Only to what is there.
      const { found } = find(call, readPath(otherForm(path, paths.slash) ?? path));
      call.target = { ...NO_TARGET, ...found };
      return dialect.moved(call.base + form, call);
    }
    const { verbs, found } = find(call, read);
    const method = call.method === 'HEAD' && paths.head ? 'GET' : call.method;
    const verb = verbs.all.find((one) => one.method === method);
    const { action, run } = verb ?? NO_TARGET;
    // Written out: a copy by `...` costs more than all else here.
    call.target = {
      resource: found.resource,
      key: found.key,
      fixed: found.fixed,
      steps: found.steps,
      faults: found.faults,
      allow: verbs.allow,
      format: read?.format,
      action,
      run,
    };
    dialect.admit?.(call);
    const needsFilter = verb?.filtered === true && !isFiltered(call);
    return !verb || needsFilter ? missingVerb(call, needsFilter) : next(call);
  };
}
