import { Text, Title } from '@mantine/core';
import { JsonEditor } from '../parts/JsonEditor.tsx';
import composer from './Composer.module.css';
import { objectIn } from './product-draft.ts';

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
      <JsonEditor
        // A saved or merged product begins with its own text.
        key={version}
        initial={text}
        label="Attributes, a JSON object"
        change={change}
        error={error ?? (objectIn(text) ? null : 'The attributes are not a JSON object yet.')}
      />
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
