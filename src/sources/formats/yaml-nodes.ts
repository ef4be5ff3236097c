import type { Alias, Node, Pair } from 'yaml';
import { LIMIT, MAX_TEXT_LEVELS } from '../../json/levels.ts';

/** The characters that aliases may stand for, all together: a few lines of them can be gigabytes of JSON. */
const MAX_ALIASED = 10_000_000;

/** What a node comes to when its aliases are what they stand for. */
interface Extent {
  readonly size: number;
  readonly levels: number;
}

interface Anchored {
  readonly node: Node;
  /** Not known while the node itself is looked at. */
  extent?: Extent;
}

const NOTHING: Extent = { size: 0, levels: 0 };

/**
 * Refuses what the parser takes and JSON cannot be made of. Goes through the document in its order, so that an alias
 * finds the anchor before it.
 */
export function checkNodes(
  yaml: typeof import('yaml'),
  root: unknown,
  refuse: (what: string, node: Node) => never,
): void {
  const anchors = new Map<string, Anchored>();
  let aliased = 0;

  const ofAlias = (alias: Alias): Extent => {
    const anchored = anchors.get(alias.source);
    if (!anchored) return refuse(`the alias *${alias.source} has no anchor before it`, alias);
    if (!anchored.extent) return refuse(`the alias *${alias.source} stands inside of what it names`, alias);
    aliased += anchored.extent.size;
    if (aliased > MAX_ALIASED)
      return refuse(`the aliases up to here stand for more than ${MAX_ALIASED} characters`, alias);
    return anchored.extent;
  };

  const checkMerge = ({ key, value }: Pair<Node, Node | null>): void => {
    if (!yaml.isScalar(key) || typeof key.value !== 'symbol') return;
    const target = (node: unknown) => (yaml.isAlias(node) ? anchors.get(node.source)?.node : node);
    const source = target(value);
    const maps = yaml.isSeq(source) ? source.items.map(target) : [source];
    if (!maps.every((one) => yaml.isMap(one)))
      refuse('expected a map to merge after <<, or a list of maps', key);
  };

  const ofItem = (item: unknown): Extent => {
    if (!yaml.isPair(item)) return of(item);
    const [key, value] = [of(item.key), of(item.value)];
    checkMerge(item as Pair<Node, Node | null>);
    return { size: key.size + value.size, levels: Math.max(key.levels, value.levels) };
  };

  const ofNode = (node: Node): Extent => {
    if (yaml.isScalar(node)) {
      // A date or bytes, where the document asks for them: the text that was written is what JSON can hold of it.
      if (typeof node.value === 'object' && node.value !== null) node.value = node.source;
      return { size: 1 + (node.source?.length ?? 0), levels: 0 };
    }
    if (!yaml.isCollection(node)) return NOTHING;
    if (/:(set|omap)$/.test(node.tag ?? ''))
      refuse('expected a map or a list, found a kind that JSON has not', node);
    const items = node.items.map(ofItem);
    const levels = 1 + items.reduce((most, one) => Math.max(most, one.levels), 0);
    if (levels > MAX_TEXT_LEVELS) refuse(LIMIT, node);
    return { size: items.reduce((sum, { size }) => sum + size, 2), levels };
  };

  const of = (node: unknown): Extent => {
    if (!yaml.isNode(node)) return NOTHING;
    if (yaml.isAlias(node)) return ofAlias(node);
    const anchored: Anchored = { node };
    const { anchor } = node as { anchor?: string };
    if (anchor !== undefined) anchors.set(anchor, anchored);
    anchored.extent = ofNode(node);
    return anchored.extent;
  };

  of(root);
}
