import { ActionIcon, Tooltip } from '@mantine/core';
import { Download } from 'lucide-react';

/** Saves a JSON text as a file. */
export function DownloadButton({ text, name }: { text: string; name: string }) {
  const save = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = `${name}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Tooltip label={`Download ${name}`}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Download ${name}`} onClick={save}>
        <Download size={14} />
      </ActionIcon>
    </Tooltip>
  );
}
