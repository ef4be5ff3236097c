import { isObject, type JsonObject } from '../json/json.ts';
import { remember } from '../remember.ts';
import { Facts } from './facts.ts';
import { type Branches, type Gathered, gather, mentioned } from './gather.ts';
import { hasPattern, isNamed, namesIn, ofElement, ofField } from './inside.ts';

/** Shapes of which only some hold, depending on the value. */
interface Choice {
  /** Whether one of them must hold: `anyOf` and `oneOf`. */
  readonly alternatives: boolean;
  readonly branches: readonly Shape[];
}

/**
 * What schemas say of one place in an item: every `$ref` and `allOf` is followed, into other files too. It is read as
 * far as it is asked for, so schemas may refer to themselves.
 */
export class Shape extends Facts {
  readonly #joinedChoices: readonly Choice[];
  #allChoices: readonly Choice[] | undefined;
  readonly #named = new Map<string, Shape>();
  readonly #joined = new Map<string, Shape>();
  #names: ReadonlySet<string> | undefined;
  #fields: ReadonlyMap<string, Shape> | undefined;
  #alternatives: readonly Shape[] | undefined;
  #mentioned: ReadonlySet<string> | undefined;

  constructor(gathered: Gathered, choices: readonly Choice[] = []) {
    super(gathered);
    this.#joinedChoices = choices;
  }

  /** Whether schemas say that a value may be null. */
  get nullable(): boolean {
    return this.#takesNull() ?? false;
  }

  /** Clients never see the value. */
  get writeOnly(): boolean {
    return this.#some((schema) => schema.writeOnly === true);
  }

  /** Clients never write the value. Of a choice, every branch that knows the value must say so. */
  get readOnly(): boolean {
    return (
      this.gathered.parts.some((schema) => schema.readOnly === true) ||
      this.#choices.some(({ branches }) => branches.every((branch) => branch.readOnly))
    );
  }

  /** The fields that every value may have, in the order of the schemas: what one adds to another comes after. */
  get fields(): ReadonlyMap<string, Shape> {
    this.#fields ??= new Map(
      this.gathered.inOrder.flatMap(namesIn).map((name) => [name, this.field(name) ?? anything]),
    );
    return this.#fields;
  }

  /** The names of the fields, those that only some values have included. */
  get names(): ReadonlySet<string> {
    this.#names ??= new Set([
      ...this.gathered.inOrder.flatMap(namesIn),
      ...this.#branches.flatMap((branch) => [...branch.names]),
    ]);
    return this.#names;
  }

  /** What is said of fields without a name: their shape, or whether there may be any; undefined where nothing is. */
  get others(): Shape | boolean | undefined {
    const others = this.says('additionalProperties');
    return isObject(others) ? shapeOf(others) : others === undefined ? undefined : others !== false;
  }

  /** What is said of the elements of a list, but for those that have a place of their own. */
  get items(): Shape | undefined {
    return this.element(Number.POSITIVE_INFINITY);
  }

  /** The forms of which a value has one: the branches of `anyOf` or `oneOf`, else one for each of several types. */
  get alternatives(): readonly Shape[] {
    this.#alternatives ??=
      this.#choices.find(({ alternatives }) => alternatives)?.branches ??
      (this.types.length > 1 ? this.types.map((type) => this.#ofType(type)) : []);
    return this.#alternatives;
  }

  /** Whether something holds only for some values: a branch of `anyOf`, `if` and the like. */
  get hasChoices(): boolean {
    return this.#choices.length > 0;
  }

  /** Whether one of some values stands under a keyword, in a branch too. */
  mayBe(keyword: 'type' | 'format', ...values: readonly string[]): boolean {
    return this.#some((schema) => [schema[keyword]].flat().some((value) => values.includes(String(value))));
  }

  /** What is said of a field: under its name, by a pattern, or of fields without a name. */
  field(name: string): Shape | undefined {
    const known = this.#named.get(name);
    if (known) return known;
    const found = this.#join(
      (part) => ofField(part, name),
      (branch) => branch.field(name),
    );
    // Clients may send any number of other names.
    if (found && this.names.has(name)) this.#named.set(name, found);
    return found;
  }

  /** What is said of a field under its own name. */
  named(name: string): Shape | undefined {
    return this.names.has(name) ? this.field(name) : undefined;
  }

  /** Whether there is a pattern for fields of such a name. */
  hasPattern(name: string): boolean {
    return this.gathered.parts.some((part) => hasPattern(part, name));
  }

  /** What is said of the element at a place in a list; without a place, of all elements. */
  element(place?: number): Shape | undefined {
    return this.#join(
      (part) => ofElement(part, place),
      (branch) => branch.element(place),
    );
  }

  /** What the steps of a JSON pointer lead to. */
  along(steps: readonly string[]): Shape | undefined {
    const [step, ...rest] = steps;
    if (step === undefined) return this;
    return (this.field(step) ?? this.element(Number(step)))?.along(rest);
  }

  /** Whether a field is named: by every form that an item may have, by some, or not at all. */
  naming(name: string): 'all' | 'some' | 'none' {
    if (this.gathered.parts.some((part) => isNamed(part, name))) return 'all';
    return this.#some((schema) => isNamed(schema, name)) ? 'some' : 'none';
  }

  /** Whether a keyword is true, or a default given, anywhere in an item: what is nowhere need not be looked for. */
  mentions(keyword: 'readOnly' | 'writeOnly' | 'default'): boolean {
    this.#mentioned ??= mentioned(this.#all);
    return this.#mentioned.has(keyword);
  }

  get #choices(): readonly Choice[] {
    this.#allChoices ??= [
      ...this.gathered.choices.map((choice) => this.#choose(choice)),
      ...this.#joinedChoices,
    ];
    return this.#allChoices;
  }

  #choose({ alternatives, schemas }: Branches): Choice {
    const { around, parts } = this.gathered;
    const branches = schemas.map((schema) => new Shape(gather([schema], [...around, ...parts])));
    return { alternatives, branches };
  }

  get #branches(): readonly Shape[] {
    return this.#choices.flatMap(({ branches }) => branches);
  }

  /** The schemas that hold here, always or sometimes. */
  get #all(): readonly JsonObject[] {
    return [...this.gathered.parts, ...this.#branches.flatMap((branch) => branch.#all)];
  }

  #some(test: (schema: JsonObject) => boolean): boolean {
    return this.gathered.parts.some(test) || this.#branches.some((branch) => branch.#some(test));
  }

  /** Undefined where nothing is said of null. */
  #takesNull(): boolean | undefined {
    const ofChoices = this.#choices
      .filter(({ alternatives }) => alternatives)
      .map(({ branches }) => branches.map((branch) => branch.#takesNull()))
      .flatMap((all) => (all.includes(true) ? [true] : all.includes(undefined) ? [] : [false]));
    const all = [...this.gathered.nulls, ...ofChoices];
    return all.length === 0 ? undefined : all.every(Boolean);
  }

  #ofType(type: string): Shape {
    const { parts, inOrder } = this.gathered;
    const part = { type };
    const gathered = {
      parts: [part, ...parts],
      inOrder: [...inOrder, part],
      choices: [],
      around: [],
      nulls: [],
    };
    return new Shape(gathered, this.#choices);
  }

  /** The shape of a part of the values here. */
  #join(
    inPart: (part: JsonObject) => readonly JsonObject[],
    inBranch: (branch: Shape) => Shape | undefined,
  ): Shape | undefined {
    const found = this.gathered.parts.flatMap(inPart);
    const choices = this.#choices
      .map(({ branches }) => branches.flatMap((branch) => inBranch(branch) ?? []))
      .filter((branches) => branches.length > 0);
    const [first] = found;
    if (choices.length === 0 && !first) return undefined;
    if (choices.length === 0 && first && found.length === 1) return shapeOf(first);
    const key = [found, ...choices].map((all) => all.map(numberOf).join()).join('|');
    const make = () =>
      new Shape(
        gather(found),
        choices.map((branches) => ({ alternatives: false, branches })),
      );
    return remember(this.#joined, key, make);
  }
}

const shapes = new WeakMap<JsonObject, Shape>();

/** The shape of the values that a schema describes. */
export const shapeOf = (schema: JsonObject): Shape =>
  remember(shapes, schema, () => new Shape(gather([schema])));

/** The shape of a field of which a schema says that it may be there, and no more. */
const anything = shapeOf({});

const numbers = new WeakMap<object, number>();
let count = 0;

/** Tells one schema, or one shape, from another. */
const numberOf = (one: object): number => remember(numbers, one, () => ++count);
