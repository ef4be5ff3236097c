import type { Call } from '../call.ts';
import type { Outcome } from '../outcome.ts';

export type Next = (call: Call) => Outcome | Promise<Outcome>;

/** A part of the way of a request: it answers, or asks the stages behind it and may change what they say. */
export type Stage = (call: Call, next: Next) => Outcome | Promise<Outcome>;

/** Stages as one function. What hands a call on is made here, once for all requests. */
export const chain = (stages: readonly (Stage | undefined)[], last: Next): Next =>
  stages.reduceRight<Next>((next, stage) => (stage ? (call) => stage(call, next) : next), last);
