import { Button, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { DialogFoot } from '../parts/DialogFoot.tsx';
import { ExpirySelect, USUAL_DAYS } from './ExpirySelect.tsx';
import { ShownKey } from './ShownKey.tsx';
import { useNewKey } from './use-new-key.ts';

/** Creates a key of a principal and shows it once. `replaces`: there is a valid key already, which stays valid. */
export function NewKeyDialog({ principal: { id, name }, replaces, created, close }: NewKeyDialogProps) {
  const [days, setDays] = useState<number | null>(USUAL_DAYS);
  const [key, setKey] = useState<string | null>(null);
  const { create, isPending, problem } = useNewKey();
  const send = async () => {
    setKey(await create(id, days));
    created();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={replaces ? `Rotate the key of ${name}` : `New key of ${name}`}
      // The key is shown once: nothing but its button closes the dialog then.
      withCloseButton={key === null}
      closeOnEscape={key === null}
      closeOnClickOutside={key === null}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {key !== null ? (
        <ShownKey apiKey={key} close={close}>
          {replaces && 'Give it to the client, then revoke the old one. Both are valid until then.'}
        </ShownKey>
      ) : (
        <Stack>
          {replaces && (
            <Text size="sm">
              Creates a second key. The old one stays valid until you revoke it, so that the client can change
              over without a gap.
            </Text>
          )}
          <ExpirySelect days={days} change={setDays} />
          <DialogFoot problem={problem} close={close}>
            <Button loading={isPending} onClick={() => void send().catch(() => {})}>
              Create the key
            </Button>
          </DialogFoot>
        </Stack>
      )}
    </Modal>
  );
}

type NewKeyDialogProps = {
  principal: { id: string; name: string };
  replaces: boolean;
  created: () => void;
  close: () => void;
};
