import type { Names } from '../../dialect/dialect.ts';
import { didYouMean } from '../../dialect/params.ts';
import { parametersOf, understoodNames } from '../../dialect/understood.ts';
import type { Call } from '../call.ts';
import type { Live } from '../live.ts';
import type { Stage } from './stage.ts';

/** A client may send any number of names; a line for each of the first is enough to see what is wrong. */
const MOST_NAMED = 20;

/** Names the parameters of a request that its dialect does not understand, or refuses them where that is asked for. */
export function parameters({ dialect }: Live): Stage | undefined {
  if (!dialect.understands && !dialect.parameters) return undefined;
  return (call, next) => {
    if (call.query !== '') check(call);
    return next(call);
  };
}

function check(call: Call): void {
  const known = namesOf(call);
  if (!known) return;
  const { dialect } = call.live;
  const sent = new Set(
    dialect.params?.(call.query).map(([name]) => name) ?? new URLSearchParams(call.query).keys(),
  );
  const unknown = [...sent].filter((name) => !known.has(name));
  for (const name of unknown.slice(0, MOST_NAMED)) {
    const hint = hintOf(name, known, call);
    call.note(sentence(name, call), { parameter: name, ...(hint === undefined ? {} : { hint }) });
  }
  if (unknown.length > MOST_NAMED) call.note(`${unknown.length - MOST_NAMED} more parameters are unknown`);
}

function namesOf(call: Call): Names | undefined {
  const { dialect, model } = call.live;
  if (dialect.understands) return dialect.understands(call);
  if (!dialect.parameters) return undefined;
  return understoodNames(parametersOf(dialect, call.resource, call.action, model), call);
}

function sentence(name: string, { action, resource, method }: Call): string {
  const reads = action === 'list' || action === 'read';
  if (reads && resource?.kind === 'collection' && !resource.fields.has(name))
    return `'${name}' is no field of ${resource.name} and no parameter`;
  return `'${name}' is no parameter of ${method} ${resource ? resource.name : 'here'}`;
}

function hintOf(name: string, known: Iterable<string>, { resource, live }: Call): string | undefined {
  // Where the config lists the fields that may be filtered, one that is not listed is no parameter.
  if (live.dialect.lookups && resource?.kind === 'collection' && resource.fields.has(name))
    return `It is a field: list it in resources.${resource.name}.filters.`;
  return didYouMean(name, known);
}
