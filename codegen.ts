import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types for the operations that tests write as graphql(`…`). */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: ['test/**/*.ts', '!test/generated/**'],
  generates: {
    'test/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        importExtension: '.ts',
        useTypeImports: true,
        scalars: {
          ID: 'string',
          DateTime: 'string',
          JSON: 'any',
          JSONObject: '{ [key: string]: any }',
        },
      },
    },
  },
};

export default config;
