import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { graphql } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { DialogFoot } from '../parts/DialogFoot.tsx';

/** Creates a product by its SKU and title, and opens it, with the component of the key `add` for its first step. */
export function NewProductDialog({ add, close }: { add: string | undefined; close: () => void }) {
  const [sku, setSku] = useState('');
  const [title, setTitle] = useState('');
  const save = useChange(NewProductDialog_Save);
  const navigate = useNavigate();
  const mistakes = save.data?.saveProduct?.userErrors ?? [];
  const mistakeOf = (field: string) => mistakes.find(({ path }) => path.at(-1) === field)?.message;
  const other = save.error?.message ?? mistakes.find(({ path }) => !FIELDS.has(path.at(-1) ?? ''))?.message;

  const send = async () => {
    // Revision 0: the product must not exist yet.
    const input = { sku, title: title || null, expectedRevision: 0 };
    const { saveProduct } = await save.mutateAsync({ input });
    if (!saveProduct?.product) return;
    close();
    const params = { sku: saveProduct.product.sku };
    void navigate({ to: '/admin/products/$sku', params, search: add ? { add } : {} });
  };
  return (
    <Modal opened onClose={close} title="New product" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send().catch(() => {});
        }}
      >
        <Stack>
          <TextInput
            label="SKU"
            description="As the shop sends it with its orders. It cannot be changed later."
            value={sku}
            onChange={(event) => setSku(event.currentTarget.value)}
            error={mistakeOf('sku')}
            required
            data-autofocus
          />
          <TextInput
            label="Title"
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            error={mistakeOf('title')}
          />
          <DialogFoot problem={other} close={close}>
            <Button type="submit" loading={save.isPending}>
              Create the product
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  );
}

const FIELDS = new Set(['sku', 'title']);

const NewProductDialog_Save = graphql(`
  mutation NewProductDialog_Save($input: SaveProductInput!) {
    saveProduct(input: $input) {
      product {
        sku
      }
      userErrors {
        message
        path
      }
    }
  }
`);
