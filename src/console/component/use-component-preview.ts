import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { parseExactly } from '../api/exact-numbers.ts';
import type { UpdateComponentInput } from '../api/generated/graphql.ts';
import { type FragmentType, graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useMay } from '../parts/permissions.ts';
import type { UpdateEffect_Preview } from './UpdateEffect.tsx';

type Inputs = { [key: string]: unknown };

/** The response of the service to a definition that is being typed. */
export type DefinitionPreview = {
  /** The schema that was checked last. */
  schema: Inputs;
  mistakes: readonly { message: string; path: readonly string[] }[];
  /** The effect on the component's attachments; null for a new component. */
  effect: FragmentType<typeof UpdateEffect_Preview> | null;
  /** The errors of each sample; empty while the schema cannot be used. */
  results: readonly { inputErrors: readonly { path: string; message: string }[] }[];
};

/** Checks a definition and samples of inputs a moment after the last change. Answers that are out of date are dropped. */
export function useComponentPreview(state: PreviewState): DefinitionPreview {
  const mayWrite = useMay('WRITE_CATALOGUE');
  const [settled] = useDebouncedValue(JSON.stringify(state), 300);
  const { id, definition, schema, samples }: PreviewState = useMemo(
    () => parseExactly(settled) as PreviewState,
    [settled],
  );
  const { data } = useOperation(
    ComponentPreview_Query,
    {
      id: id ?? '',
      input: definition ?? {},
      isStored: id !== null,
      inputSchema: schema,
      samples: [...samples],
    },
    { enabled: definition !== null && mayWrite, staleTime: 0 },
  );
  const { previewComponent = null, checkSamples } = data ?? {};
  const mistakes = id === null ? checkSamples?.userErrors : previewComponent?.userErrors;
  return {
    schema,
    mistakes: mistakes ?? [],
    effect: previewComponent,
    results: checkSamples?.results ?? [],
  };
}

type PreviewState = {
  /** null for a new component. */
  id: string | null;
  /** The changes of a stored component, or a new one; null while they cannot be sent. */
  definition: UpdateComponentInput | null;
  schema: Inputs;
  samples: readonly Inputs[];
};

const ComponentPreview_Query = graphql(`
  query ComponentPreview_Query(
    $id: ID!
    $input: UpdateComponentInput!
    $isStored: Boolean!
    $inputSchema: JSONObject!
    $samples: [JSONObject!]!
  ) {
    previewComponent(id: $id, input: $input) @include(if: $isStored) {
      ...UpdateEffect_Preview
      userErrors {
        message
        path
      }
    }
    checkSamples(inputSchema: $inputSchema, samples: $samples) {
      results {
        inputErrors {
          path
          message
        }
      }
      userErrors {
        message
        path
      }
    }
  }
`);
