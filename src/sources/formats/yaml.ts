import type { CST, Document, Node } from 'yaml';
import { FLATTEN, LIMIT, MAX_TEXT_LEVELS } from '../../json/levels.ts';
import { positionAt } from '../../json/text.ts';
import { Problem } from '../../problem.ts';
import { type Format, fault, styled } from './format.ts';
import { checkNodes } from './yaml-nodes.ts';

/**
 * Text that comes back as it was only from double quotes: a merge key, half a character, a byte order mark, and lines
 * that begin or end with white space.
 */
const QUOTED = /^<<$|[\p{Surrogate}\uFEFF\r]|\n[ \t]|[ \t]\n|^[ \t].*\n|\n\n$/u;

/** No aliases, however often items share a part; no text broken into lines; quotes around what YAML 1.1 misreads. */
const WRITTEN = {
  aliasDuplicateObjects: false,
  lineWidth: 0,
  doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY,
  compat: 'yaml-1.1',
} as const;

export async function loadYaml(): Promise<Format> {
  const yaml = await import('yaml');

  function read(text: string, file: string): Document.Parsed {
    const tokens = [...new yaml.Parser().parse(text)];
    const deep = offsetTooDeep(tokens);
    if (deep !== undefined) {
      const place = { file, ...positionAt(text, deep) };
      throw new Problem('bad-fixture', LIMIT, { place, hint: FLATTEN });
    }
    const composer = new yaml.Composer({ merge: true, logLevel: 'error' });
    const [document, second] = [...composer.compose(tokens, true, text.length)] as [
      Document.Parsed,
      Document.Parsed?,
    ];
    const refuse = (what: string, offset = 0): never => {
      throw fault(file, `not YAML: ${what}`, positionAt(text, offset));
    };
    const [error] = document.errors;
    if (error) refuse(error.message, error.pos[0]);
    if (second) refuse('expected one document, found another', second.range[0]);
    checkNodes(yaml, document.contents, (what: string, { range }: Node) => refuse(what, range?.[0]));
    return document;
  }

  return {
    name: 'YAML',
    constants: true,
    parse: (text, file) => read(text, file).toJS({ maxAliasCount: -1 }),
    locate(text, path) {
      const node = read(text, '').getIn(path, true);
      return yaml.isNode(node) && node.range ? positionAt(text, node.range[0]) : undefined;
    },
    stringify(value, style) {
      const document = new yaml.Document(value, WRITTEN);
      yaml.visit(document, {
        Scalar(_key, node) {
          if (typeof node.value === 'string' && QUOTED.test(node.value)) node.type = 'QUOTE_DOUBLE';
        },
      });
      return styled(document.toString({ ...WRITTEN, indent: style.indent.length || 2 }), style);
    },
  };
}

type Token = CST.Token | CST.CollectionItem;

/** Where a collection opens one level more than it may. Looked for before nodes are made, by calls that go as deep. */
function offsetTooDeep(tokens: readonly CST.Token[]): number | undefined {
  const open: { readonly token: Token; readonly level: number }[] = tokens.map((token) => ({
    token,
    level: 0,
  }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { token } = next;
    const isCollection = 'items' in token;
    const level = next.level + Number(isCollection);
    if (level > MAX_TEXT_LEVELS) return (token as CST.Token).offset;
    const inside = isCollection
      ? token.items
      : [(token as { key?: Token }).key, (token as { value?: Token }).value];
    for (const one of inside) if (one) open.push({ token: one, level });
  }
  return undefined;
}
