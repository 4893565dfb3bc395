import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { SchemaFormProps } from './SchemaForm.tsx';

const LazyForm = lazy(() =>
  import('./SchemaForm.tsx').then(({ SchemaForm: component }) => ({ default: component })),
);

/** A form of the inputs that a JSON Schema describes. */
export const InputsForm = (props: SchemaFormProps) => (
  <Suspense fallback={<Skeleton height={120} />}>
    <LazyForm {...props} />
  </Suspense>
);
