import type { Ajv as AjvType, CodeKeywordDefinition } from 'ajv';
import type { Draft } from './drafts.ts';
import { isMultiple } from './multiple.ts';
import { Pattern } from './pattern.ts';
import { firstRepeated } from './unique.ts';

/** Keywords that try schemas of which not all must hold: they report how many faults those had. */
const TRYING = ['anyOf', 'oneOf', 'contains', 'propertyNames'];

const loaders: Record<Draft, () => Promise<typeof AjvType>> = {
  'draft-07': async () => (await import('ajv')).Ajv,
  '2019-09': async () => (await import('ajv/dist/2019.js')).Ajv2019,
  '2020-12': async () => (await import('ajv/dist/2020.js')).Ajv2020,
};

/** A validator that reads keywords as the standard has them. */
export async function makeValidator(draft: Draft): Promise<AjvType> {
  const [Ajv, { default: formats }, { _ }] = await Promise.all([
    loaders[draft](),
    import('ajv-formats'),
    import('ajv'),
  ]);
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    // x-* keywords and unknown formats are other tools' business.
    strict: false,
    logger: false,
    // `constructor` is no property of an item that does not have it.
    ownProperties: true,
    // Until draft-07 a `$ref` stands alone.
    ignoreKeywordsWithRef: draft === 'draft-07',
    code: { regExp: Object.assign((source: string) => new Pattern(source), { code: 'new RegExp' }) },
    addUsedSchema: false,
    validateSchema: false,
  });
  (formats as unknown as (ajv: AjvType) => void)(ajv);

  const change = (
    keyword: string,
    changes: (old: CodeKeywordDefinition) => Partial<CodeKeywordDefinition>,
  ) => {
    const definition = ajv.getKeyword(keyword) as CodeKeywordDefinition;
    Object.assign(definition, changes(definition));
  };
  // The library compares each element with each other one.
  change('uniqueItems', () => ({
    code(cxt) {
      if (cxt.schema !== true) return;
      const find = cxt.gen.scopeValue('func', { ref: firstRepeated });
      const pair = cxt.gen.const('pair', _`${find}(${cxt.data})`);
      cxt.setParams({ i: _`${pair}[0]`, j: _`${pair}[1]` });
      cxt.fail(_`${pair} !== undefined`);
    },
  }));
  // The library divides in binary, where 0.07 is no multiple of 0.01.
  change('multipleOf', () => ({
    code(cxt) {
      const test = cxt.gen.scopeValue('func', { ref: isMultiple });
      cxt.fail(_`!${test}(${cxt.data}, ${cxt.schema})`);
    },
  }));
  for (const keyword of TRYING) {
    change(keyword, ({ error }) => ({
      trackErrors: true,
      error: {
        message: error?.message ?? '',
        params: (cxt) => {
          const params = typeof error?.params === 'function' ? error.params(cxt) : (error?.params ?? _`{}`);
          return _`{...${params}, tried: errors - ${cxt.errsCount ?? 0}}`;
        },
      },
    }));
  }
  return ajv;
}
