import type { Shape } from './shape.ts';

const MAX_LISTS = 4;

/** A shape, and that of what stands in the lists that it describes. */
function withElements(shape: Shape, depth = 0): readonly Shape[] {
  const element = depth < MAX_LISTS ? shape.element() : undefined;
  return element ? [shape, ...withElements(element, depth + 1)] : [shape];
}

/** What a path such as `address.city` leads to; it goes through lists on its way. */
export function shapesAt(shape: Shape, path: string): readonly Shape[] {
  const field = shape.named(path);
  let here: readonly Shape[] = field ? [field] : [shape];
  for (const step of field ? [] : path.split('.'))
    here = here.flatMap((one) => withElements(one)).flatMap((one) => one.field(step) ?? []);
  return here.flatMap((one) => withElements(one));
}
