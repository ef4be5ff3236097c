/**
 * All that a dialect is made of: `import { Problem } from 'standin/dialect'`. Our own dialects import this, their family
 * and npm packages, and nothing else.
 */

export {
  fromPointer,
  type Item,
  isObject,
  type Json,
  type JsonObject,
  sameJson,
  setField,
  toPointer,
} from '../json/json.ts';
export { MAX_LEVELS, tooDeepAt } from '../json/levels.ts';
export { limits } from '../limits.ts';
export { type Collection, type Model, nesting, type Relation, type Resource } from '../model/model.ts';
export { plural, singular } from '../model/names.ts';
export { Problem, type ProblemCode, problems, type Violation } from '../problem.ts';
export { findLink, linkNames, MAX_LINKS } from '../query/link.ts';
export type { OperatorName } from '../query/operators.ts';
export { MOST_STEPS } from '../query/parts.ts';
export { readPattern } from '../query/pattern.ts';
export {
  allOf,
  both,
  type Condition,
  type Embed,
  meanings,
  type Page,
  type Query,
  type Sort,
  type Where,
  type Window,
  withoutRepeats,
} from '../query/query.ts';
export { isField } from '../query/where.ts';
export { isWholeOperator, type WholeOperatorName } from '../query/whole.ts';
export { remember } from '../remember.ts';
export { type Shape, shapeOf } from '../schema/shape.ts';
export { isScalar, type Scalar } from '../store/field.ts';
export type { Shelves } from '../store/store.ts';
export { wholeState } from '../store/whole.ts';
export { asksFor } from './accept.ts';
export { bounds, checkBound, countUpTo, firstOf, MAX_WHERE_DEPTH } from './bounds.ts';
export {
  type AnswerConventions,
  alter,
  type BodyConventions,
  type BodyFate,
  type BodyTypes,
  type Conventions,
  defaultConventions,
  type GivenConventions,
  type PathConventions,
} from './conventions.ts';
export type {
  About,
  ActionName,
  Answer,
  Asked,
  Dialect,
  DialectParameter,
  Method,
  Names,
  Reply,
  Route,
} from './dialect.ts';
export { isPath, leadsTooFar, pathNames } from './known.ts';
export { linkHeader, listUrl, pageNumbers } from './links.ts';
export { parameterTable, readParts } from './match.ts';
export type {
  Filter,
  Parameter,
  Purpose,
  QueryParts,
  SentFilter,
  SentParameter,
  SortTerm,
  Terms,
} from './parameter.ts';
export { badParameter, didYouMean, type Param, readParams, splitOutside, wholeNumber } from './params.ts';
export { COUNT, controlRow, filterRow, readSortTerm, writeSortTerm } from './rows.ts';
export { itemText, JSON_TYPE, listText } from './text.ts';
export { understoodNames } from './understood.ts';
