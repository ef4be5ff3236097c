import { type JsonObject, toPointer } from '../json/json.ts';
import { nearest } from '../nearest.ts';
import { showPlace, type Violation } from '../problem.ts';
import { remember } from '../remember.ts';
import type { Compiled, Overlooks } from './check.ts';
import { type Document, placeOf, type Where, whereIs } from './parts.ts';
import { shapeOf } from './shape.ts';
import { formats, keywords, type Path } from './vocabulary.ts';

interface Finding {
  readonly part: JsonObject;
  readonly keyword?: string;
  readonly message: string;
}

const LINES_PER_SCHEMA = 5;

/**
 * What in schemas does nothing, and was most likely meant to: lines for the terminal. A default that breaks its own
 * schema is taken away: an item filled with it would be refused.
 */
export function lint(compiled: Compiled, overlooks: Overlooks): string[] {
  const { parts, circles } = compiled.documents;
  const findings = [
    ...circles.map((part) => ({
      part,
      message: 'this schema refers to itself without an end; that says nothing',
    })),
    ...parts.flatMap((part) => [...keywordsOf(part), ...formatOf(part)]),
    ...badDefaults(compiled, overlooks),
  ];
  const byDocument = new Map<Document, Finding[]>();
  for (const finding of findings)
    remember(byDocument, (whereIs(finding.part) as Where).document, (): Finding[] => []).push(finding);
  return [...byDocument].flatMap(([{ source }, all]) => {
    const lines = all.slice(0, LINES_PER_SCHEMA).map(({ part, keyword, message }) => {
      const place = placeOf(part, ...(keyword === undefined ? [] : [keyword]));
      return `${place ? showPlace(place) : source.file}: ${source.name}: ${message}`;
    });
    const more = all.length - lines.length;
    return more > 0 ? [...lines, `${source.file}: ${more} more like these`] : lines;
  });
}

/** Short names are near to too many others. */
const lettersOff = (name: string): number => (name.length < 5 ? 1 : Math.max(2, Math.floor(name.length / 6)));

function* keywordsOf(part: JsonObject): Generator<Finding> {
  for (const keyword of Object.keys(part)) {
    if (keywords.has(keyword) || keyword.startsWith('x-')) continue;
    const near = nearest(keyword, keywords.keys(), lettersOff(keyword));
    if (near === undefined) continue;
    yield { part, keyword, message: `'${keyword}' is no keyword of JSON Schema; did you mean '${near}'?` };
  }
}

function* formatOf(part: JsonObject): Generator<Finding> {
  const { format } = part;
  if (typeof format !== 'string' || formats.includes(format)) return;
  const near = nearest(format, formats);
  const hint = near === undefined ? '' : `; did you mean '${near}'?`;
  yield { part, keyword: 'format', message: `the format '${format}' is not known and not checked${hint}` };
}

function* badDefaults({ documents, violationsOf }: Compiled, overlooks: Overlooks): Generator<Finding> {
  const withDefault = documents.parts.filter((part) => Object.hasOwn(part, 'default'));
  const broken = violationsOf(new Map(withDefault.map((part) => [part, part.default])));
  for (const part of withDefault) {
    const { document, path } = whereIs(part) as Where;
    const root = shapeOf(document.schema);
    const isSeen = (violation: Violation) =>
      !overlooks({ ...violation, path: `${inItem(path)}${violation.path}` }, root);
    const first = broken.get(part)?.find(isSeen);
    if (!first) continue;
    const inside = first.path === '' ? '' : ` at ${first.path}`;
    yield { part, keyword: 'default', message: `the default${inside} ${first.message}, so it is not used` };
    delete part.default;
  }
}

/** The place in an item that a part of its schema describes. */
function inItem(path: Path): string {
  const steps: (string | number)[] = [];
  for (let i = 0; i < path.length; i++) {
    if (path[i] === 'properties') steps.push(path[++i] as string);
    else if (path[i] === 'items') steps.push(0);
  }
  return toPointer(steps);
}
