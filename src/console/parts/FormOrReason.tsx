import { Text } from '@mantine/core';
import { CatchBoundary } from '@tanstack/react-router';
import { NO_FORM, noFormReason } from './form-schema.ts';
import { InputsForm } from './InputsForm.tsx';
import type { SchemaFormProps } from './SchemaForm.tsx';

/** The form of a schema's inputs, or the reason why there is none. */
export function FormOrReason(props: SchemaFormProps) {
  const reason = noFormReason(props.schema);
  if (reason) return <Note>{reason}</Note>;
  return (
    // The form's library throws at schemas that it cannot draw.
    <CatchBoundary
      getResetKey={() => JSON.stringify(props.schema)}
      errorComponent={() => <Note>{NO_FORM}</Note>}
    >
      <InputsForm {...props} />
    </CatchBoundary>
  );
}

const Note = ({ children }: { children: string }) => (
  <Text size="sm" c="dimmed">
    {children}
  </Text>
);
