import { type Model, nesting, singular } from '../../dialect/index.ts';

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** `/post/1/comments` is `/posts/1/comments`: the parent of a nested list goes by the name that its key gives it, too. */
export function segments(sent: readonly string[], model: Model): { readonly segments: readonly string[] } {
  const [parent = '', key = '', child = ''] = sent;
  if (sent.length !== 3 || [...model.resources.keys()].some((name) => same(name, parent)))
    return { segments: sent };
  const relation = model.relations.find(
    (one) => same(one.child, child) && same(one.name, singular(parent)) && !one.many,
  );
  const isNested = relation && nesting(model, relation.parent, relation.child) === relation;
  return { segments: isNested ? [relation.parent, key, child] : sent };
}
