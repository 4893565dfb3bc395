import { Skeleton, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import composer from './Composer.module.css';
import { objectIn } from './product-draft.ts';

const JsonEditor = lazy(() =>
  import('../parts/JsonEditor.tsx').then((module) => ({ default: module.JsonEditor })),
);

/** The attributes of the product, which bindings read as `product.attributes`. */
export function AttributesCard({ text, version, error, change }: AttributesCardProps) {
  return (
    <section className={composer.card} aria-labelledby="attributes">
      <Title order={2} id="attributes">
        Attributes
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        Steps read them at paths such as <span className="mono">product.attributes.colour</span>.
      </Text>
      <Suspense fallback={<Skeleton height={120} />}>
        {/* A saved or merged product begins with its own text. */}
        <JsonEditor key={version} initial={text} label="Attributes, a JSON object" change={change} />
      </Suspense>
      {(error || !objectIn(text)) && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {error ?? 'The attributes are not a JSON object yet.'}
        </Text>
      )}
    </section>
  );
}

type AttributesCardProps = {
  text: string;
  /** The text is read again when this changes. */
  version: number;
  error: string | undefined;
  change: (text: string) => void;
};
