import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { Copy, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { copyText } from '../parts/copy-text.ts';

/** A key that was created just now. The service stores its hash only, so this is the one time that it is shown. */
export function ShownKey({ apiKey, children, close }: ShownKeyProps) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await copyText(apiKey);
    setCopied(true);
  };
  return (
    <Stack>
      <Alert variant="light" icon={<TriangleAlert size={18} />} title="It is shown only here">
        Store it now, as a secret of the client.
      </Alert>
      <Textarea
        label="API key"
        value={apiKey}
        readOnly
        autosize
        classNames={{ input: 'mono' }}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      {children && <Text size="sm">{children}</Text>}
      <Group justify="flex-end">
        <Button
          variant="default"
          leftSection={<Copy size={14} aria-hidden />}
          onClick={() => void copy()}
          data-autofocus
        >
          {isCopied ? 'Copied' : 'Copy the key'}
        </Button>
        <Button onClick={close}>I have stored it</Button>
      </Group>
    </Stack>
  );
}

type ShownKeyProps = { apiKey: string; children?: ReactNode; close: () => void };
