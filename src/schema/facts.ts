import type { Json } from '../json/json.ts';
import type { Place } from '../problem.ts';
import { typesOf } from './allowed.ts';
import { type Bounds, boundsOf, said } from './bounds.ts';
import type { Gathered } from './gather.ts';
import { isInferred, placeOf, whereIs } from './parts.ts';

/** What the schemas that always hold say of a value itself. The nearest counts; of bounds the tightest. */
export class Facts {
  protected readonly gathered: Gathered;
  #types: readonly string[] | undefined;
  #bounds: Bounds | undefined;
  #required: ReadonlySet<string> | undefined;

  constructor(gathered: Gathered) {
    this.gathered = gathered;
  }

  /** What is said under a keyword; for those of a dialect's own, such as `x-blank`. */
  says(keyword: string): Json | undefined {
    return said(this.gathered.parts, keyword);
  }

  /** The JSON types that a value may have; none where any will do. `null` is left out beside others. */
  get types(): readonly string[] {
    this.#types ??= typesOf(this.gathered.parts);
    return this.#types;
  }

  get format(): string | undefined {
    return this.#text('format');
  }

  get title(): string | undefined {
    return this.#text('title');
  }

  get description(): string | undefined {
    return this.#text('description');
  }

  /** The values of which it must be one. */
  get enum(): readonly Json[] | undefined {
    const values = this.says('enum');
    return Array.isArray(values) ? values : undefined;
  }

  /** The only value that it may have. */
  get const(): Json | undefined {
    return this.says('const');
  }

  /** What stands here when nothing is sent. Never from a branch, since another may hold. */
  get default(): Json | undefined {
    return this.says('default');
  }

  /** `minLength`, `maximum`, `pattern` and the like. */
  get bounds(): Bounds {
    this.#bounds ??= boundsOf(this.gathered.parts);
    return this.#bounds;
  }

  /** The names of the fields that must be there. */
  get required(): ReadonlySet<string> {
    this.#required ??= new Set(
      this.gathered.inOrder.flatMap(({ required }) => (Array.isArray(required) ? required.map(String) : [])),
    );
    return this.#required;
  }

  /** Whether fields are listed, even if there are none in the list. */
  get listsFields(): boolean {
    return this.says('properties') !== undefined;
  }

  /** The nearest file, and the pointer in it; undefined of what stands in no file. */
  get place(): Place | undefined {
    const part = this.gathered.parts.find(whereIs);
    return part && placeOf(part);
  }

  /** Whether there is no schema: this was read off the items. */
  get inferred(): boolean {
    return this.gathered.parts.some(isInferred);
  }

  /** Whether a schema is among those that always hold here. */
  holds(schema: object): boolean {
    return this.gathered.parts.some((part) => part === schema);
  }

  #text(keyword: string): string | undefined {
    const text = this.says(keyword);
    return typeof text === 'string' ? text : undefined;
  }
}
