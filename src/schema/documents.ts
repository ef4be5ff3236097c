import { fromPointer, isObject, type JsonObject, kindOf, sameJson } from '../json/json.ts';
import type { SchemaSource } from '../json/source.ts';
import { Problem, showPlace } from '../problem.ts';
import { draftOf, type Editable, fromDraft04, isDraft04, patternForProto, thenForIf } from './drafts.ts';
import { breakCircles, type Document, type Home, homeOf, placeOf, settle, uriOf } from './parts.ts';
import { subschemas } from './vocabulary.ts';

/** What a reference leads to, and the URI that the validator finds it by. */
interface Found {
  readonly value: unknown;
  readonly uri: string;
}

const NAMES = ['$id', '$anchor', '$dynamicAnchor', '$recursiveAnchor'];

const isDynamic = ({ $dynamicRef, $recursiveRef }: Editable): boolean =>
  $dynamicRef !== undefined || $recursiveRef !== undefined;

function resolve(reference: string, base: string): string {
  try {
    return new URL(reference, base).href;
  } catch {
    return reference;
  }
}

function split(uri: string): [id: string, fragment: string] {
  const [id = '', fragment = ''] = uri.split('#');
  try {
    return [id, decodeURIComponent(fragment)];
  } catch {
    return [id, fragment];
  }
}

/** Every schema file of a load. Each part is known by its URI, and each reference is followed once. */
export class Documents {
  readonly all: readonly Document[];
  /** Every part of every schema, in the order of the files. */
  readonly parts: Editable[] = [];
  /** The parts whose reference led back to themselves, and was taken away. */
  readonly circles: readonly JsonObject[];
  readonly #byUri = new Map<string, Editable>();
  /** How many parts have a `$dynamicAnchor`, by its name. */
  readonly #dynamic = new Map<string, number>();

  constructor(sources: readonly SchemaSource[]) {
    this.all = sources.map((source) => this.#read(source));
    // A reference into what no keyword holds, such as #/components, adds parts while this runs.
    for (const part of this.parts) this.#settle(part);
    if (!this.parts.some(isDynamic)) this.#dropNames();
    this.circles = breakCircles(this.parts);
  }

  /** Whether a schema of another file refers to something in this one. */
  isReferenced(source: SchemaSource): boolean {
    return this.parts.some((part) => {
      const { document, target } = homeOf(part) as Home;
      return target && document.source !== source && homeOf(target)?.document.source === source;
    });
  }

  #read(source: SchemaSource): Document {
    const { value, uri } = source;
    if (!isObject(value)) {
      throw new Problem('bad-schema', `${source.name}: a schema is an object, found ${kindOf(value)}`, {
        place: source.locate([]),
      });
    }
    const schema = structuredClone(value) as Editable;
    const document = { source, draft: draftOf(source), schema, isOld: isDraft04(value) };
    delete schema.$schema;
    this.#byUri.set(uri, schema);
    this.#add(schema, { document, path: [], base: uri });
    return document;
  }

  #add(part: Editable, { document, path, base: outer }: Home): void {
    if (document.isOld) fromDraft04(part);
    if (document.draft !== 'draft-07') thenForIf(part);
    patternForProto(part);
    // A word of the validator's own, after which it answers later.
    delete part.$async;
    const home = { document, path, base: this.#baseOf(part, outer) };
    settle(part, home);
    this.#name(part, home);
    this.parts.push(part);
    for (const inner of subschemas(part)) {
      if (!homeOf(inner.schema))
        this.#add(inner.schema as Editable, { ...home, path: [...path, ...inner.path] });
    }
  }

  #baseOf({ $id }: Editable, outer: string): string {
    if (typeof $id !== 'string' || $id.startsWith('#')) return outer;
    return split(resolve($id, outer))[0];
  }

  /** Makes a part known under its `$id` and its anchors. */
  #name(part: Editable, { base, document, path }: Home): void {
    const { $id, $anchor, $dynamicAnchor } = part;
    const know = (uri: string) => {
      const other = this.#byUri.get(uri);
      if (other && other !== part && (path.length === 0 || !sameJson(other, part))) {
        const first = placeOf(other);
        throw new Problem('bad-schema', `${document.source.name}: another schema is called ${uri}, too`, {
          place: document.source.locate(path),
          ...(first ? { hint: `That one is at ${showPlace(first)}. Change the "$id" of one of them.` } : {}),
        });
      }
      this.#byUri.set(uri, part);
    };
    if (typeof $id === 'string') know($id.startsWith('#') ? `${base}${$id}` : base);
    for (const anchor of [$anchor, $dynamicAnchor]) if (typeof anchor === 'string') know(`${base}#${anchor}`);
    if (typeof $dynamicAnchor === 'string')
      this.#dynamic.set($dynamicAnchor, (this.#dynamic.get($dynamicAnchor) ?? 0) + 1);
  }

  #find(uri: string): Found | undefined {
    const [id, fragment] = split(uri);
    const isPointer = fragment === '' || fragment.startsWith('/');
    const root = this.#byUri.get(isPointer ? id : `${id}#${fragment}`);
    const home = root && homeOf(root);
    if (!home) return undefined;
    const steps = isPointer ? fromPointer(fragment) : [];
    let value: unknown = root;
    for (const step of steps) {
      const holds = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
      if (!holds) return undefined;
      value = (value as Editable)[step];
    }
    const path = [...home.path, ...steps];
    if (isObject(value) && !homeOf(value)) this.#add(value as Editable, { ...home, path });
    return { value, uri: uriOf({ document: home.document, path }) };
  }

  /** Follows the reference of a part. */
  #settle(part: Editable): void {
    const home = homeOf(part) as Home;
    const { source } = home.document;
    const { $ref, $dynamicRef, $recursiveRef } = part;
    let found: Found | undefined;
    if (typeof $ref === 'string') {
      // Whatever its `$id` says, a file may name the one beside it by its path.
      found = this.#find(resolve($ref, home.base)) ?? this.#find(resolve($ref, source.uri));
      if (found) part.$ref = found.uri;
    }
    for (const [keyword, reference] of Object.entries({ $dynamicRef, $recursiveRef })) {
      if (typeof reference !== 'string') continue;
      const first = this.#find(resolve(reference, home.base));
      if (!first) {
        throw new Problem('bad-schema', `${source.name}: can't resolve ${keyword} ${reference}`, {
          place: source.locate([...home.path, keyword]),
        });
      }
      if (!found && !this.#isDynamic(first.value, reference)) {
        part.$ref = first.uri;
        delete part[keyword];
      }
      found ??= first;
    }
    if (isObject(found?.value)) home.target = found.value;
  }

  /** Where every reference is a file and a pointer, names are in the way: two files may share one, and the validator errs. */
  #dropNames(): void {
    for (const part of this.parts) for (const name of NAMES) delete part[name];
    for (const { schema, source } of this.all) schema.$id = source.uri;
  }

  /** Whether it depends on who refers where a `$dynamicRef` or a `$recursiveRef` leads. */
  #isDynamic(target: unknown, reference: string): boolean {
    if (!isObject(target)) return false;
    const { $dynamicAnchor, $recursiveAnchor } = target;
    const isNamed = $dynamicAnchor !== undefined && split(reference)[1] === $dynamicAnchor;
    return $recursiveAnchor === true || (isNamed && (this.#dynamic.get(String($dynamicAnchor)) ?? 0) > 1);
  }
}
