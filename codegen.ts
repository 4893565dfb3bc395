import type { CodegenConfig } from '@graphql-codegen/cli';

const types = {
  enumsAsTypes: true,
  importExtension: '.ts',
  useTypeImports: true,
  scalars: {
    ID: 'string',
    DateTime: 'string',
    JSON: 'any',
    JSONObject: '{ [key: string]: any }',
  },
} as const;

const config: CodegenConfig = {
  schema: 'schema.graphql',
  generates: {
    // Types for the operations that tests write as graphql(`…`).
    'test/generated/': {
      preset: 'client',
      documents: ['test/**/*.ts', '!test/generated/**'],
      presetConfig: { fragmentMasking: false },
      config: { ...types, documentMode: 'string' },
    },
    // The documents of the console, each beside the component that shows its result.
    'src/console/api/generated/': {
      preset: 'client',
      documents: ['src/console/**/*.{ts,tsx}', '!src/console/api/generated/**'],
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'readFragment' } },
      config: { ...types, documentMode: 'string' },
    },
    // Types alone, without a package that users of the client would have to install.
    'packages/client/src/generated.ts': {
      documents: ['packages/client/src/**/*.ts', '!packages/client/src/generated.ts'],
      plugins: ['typescript-operations'],
      config: types,
    },
  },
};

export default config;
