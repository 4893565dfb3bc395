import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SaveProductInput } from '../api/generated/graphql.ts';
import { type FragmentType, graphql } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import type { Composer_Product } from './Composer.tsx';
import { type FieldErrors, fieldErrors, type StepKeys } from './field-errors.ts';

type Stored = FragmentType<typeof Composer_Product>;

/** Saves a product. `onSaved` gets it as it is stored; a product that somebody else changed meanwhile is the `conflict`. */
export function useSave(sku: string, shop: string | null, onSaved: (product: Stored) => void) {
  const queryClient = useQueryClient();
  const mutation = useChange(Composer_Save);
  const [conflict, setConflict] = useState<Stored | null>(null);
  const mistakes = mutation.data?.saveProduct?.userErrors ?? [];

  async function save(input: SaveProductInput): Promise<void> {
    const { saveProduct } = await mutation.mutateAsync({ input });
    if (!saveProduct?.product) return;
    if (saveProduct.userErrors.some(({ code }) => code === 'CONFLICT'))
      return setConflict(saveProduct.product);
    if (saveProduct.userErrors.length > 0) return;
    onSaved(saveProduct.product);
    notifications.show({ message: `${sku} is saved.`, color: 'pine' });
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => isOf(queryKey, sku, shop) });
  }

  return {
    save: (input: SaveProductInput) => void save(input).catch(() => {}),
    isSaving: mutation.isPending,
    /** Why the request failed as a whole. */
    error: mutation.error?.message,
    errorsOf: (steps: readonly StepKeys[]): FieldErrors =>
      conflict
        ? {}
        : fieldErrors(
            mistakes.filter(({ code }) => code !== 'CONFLICT'),
            steps,
          ),
    conflict,
    setConflict,
    closeConflict() {
      setConflict(null);
      mutation.reset();
    },
  };
}

/** Whether a cached query read this product by its SKU, or a list of products. */
function isOf([document, variables]: readonly unknown[], sku: string, shop: string | null): boolean {
  const read = variables as { sku?: string; shop?: string | null };
  return (
    String(document).includes('ProductsPage_Query') || (read?.sku === sku && (read.shop ?? null) === shop)
  );
}

const Composer_Save = graphql(`
  mutation Composer_Save($input: SaveProductInput!) {
    saveProduct(input: $input) {
      product {
        ...Composer_Product
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`);
