import { Alert } from '@mantine/core';
import { Lock } from 'lucide-react';

/** Says why what a person types on the page cannot be saved. Nothing while it can. */
export const ReadOnlyNote = ({ reason }: { reason: string | null }) =>
  reason && (
    <Alert
      color="gray"
      variant="light"
      icon={<Lock size={18} aria-hidden />}
      title="You can look, and save nothing"
    >
      {reason}.
    </Alert>
  );
