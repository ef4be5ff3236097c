import type { Shape } from '../../../dialect/index.ts';

/** A rule that a value breaks: its name in the tables of words, and what the words need. */
export class Fault {
  readonly rule: string;
  readonly params: Readonly<Record<string, unknown>>;

  constructor(rule: string, params: Readonly<Record<string, unknown>> = {}) {
    this.rule = rule;
    this.params = params;
  }
}

export const fault = (rule: string, params?: Readonly<Record<string, unknown>>): Fault =>
  new Fault(rule, params);

/** A text that is no value of its kind; `error` is the reason, in the backend's words. */
export const badText = (kind: string, error?: string): Fault =>
  new Fault(`${kind}.text`, error === undefined ? {} : { error });

/** Makes what JSON holds a value of one kind, as it is stored and shown, or says which rule it breaks. */
export type Reader = (value: unknown, shape: Shape) => unknown;

/** Tests a value of the right kind against what its shape says beyond the kind. */
export type Limit = (value: unknown, shape: Shape) => Fault | undefined;
