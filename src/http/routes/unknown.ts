import { didYouMean } from '../../dialect/params.ts';
import type { Collection } from '../../model/model.ts';
import { singular } from '../../model/names.ts';
import { Problem } from '../../problem.ts';
import type { Call } from '../call.ts';
import type { Live } from '../live.ts';
import { splitPath } from '../path.ts';

const FEW = 10;

export function unknownResource(live: Live, name: string): Problem {
  const names = [...live.model.resources.keys()];
  const message = name === '' ? 'the path names no resource' : `there is no resource '${name}'`;
  return new Problem('unknown-resource', message, {
    resource: name,
    hint: `${didYouMean(name, names) ?? ''} ${whatThereIs(live)}`.trim(),
  });
}

function whatThereIs({ model, dialect, settings }: Live): string {
  const names = [...model.resources.keys()];
  if (names.length === 0) return 'There is nothing to serve.';
  if (names.length <= FEW) return `There is: ${names.join(', ')}.`;
  if (dialect.root) return `GET ${settings.prefix}/ lists all ${names.length}.`;
  return `There is: ${names.slice(0, FEW).join(', ')} and ${names.length - FEW} more.`;
}

/** A path that does not begin with the option `prefix`. */
export function outsidePrefix(call: Call): Problem {
  const { live, ctx, base, path } = call;
  const { prefix } = live.settings;
  const [name = ''] = splitPath(ctx.path, '') ?? [];
  return new Problem('unknown-resource', `there is nothing at ${path}: every path begins with ${prefix}`, {
    resource: name,
    hint: live.model.resources.has(name) ? `Did you mean '${base}${prefix}${ctx.path}'?` : whatThereIs(live),
  });
}

export function noNested(live: Live, collection: Collection, name: string): Problem {
  const children = live.model.childrenOf(collection.name).map(({ child }) => child);
  const known = children.length > 0 ? `Below it: ${children.join(', ')}.` : 'Nothing points at it.';
  return new Problem('unknown-resource', `there is no '${name}' below ${collection.name}`, {
    resource: name,
    hint: `${didYouMean(name, children) ?? ''} ${known} A key such as ${singular(collection.name)}Id makes a relation, or "relations" in the config.`.trim(),
  });
}
