import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ClipboardCopy } from 'lucide-react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { copyText } from '../parts/copy-text.ts';
import { useRefusal } from '../parts/permissions.ts';
import { curlOf, enqueueOf } from './run-as-code.ts';

/** Copies the run in the forms in which people use it elsewhere. */
export function CopyMenu({ run: ref }: { run: FragmentType<typeof CopyMenu_Run> }) {
  const run = readFragment(CopyMenu_Run, ref);
  const refusal = useRefusal('READ_PAYLOADS');
  const copy = async (text: string) => {
    await copyText(text);
    notifications.show({ message: 'Copied', autoClose: 2_000 });
  };
  return (
    <Menu shadow="md" position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<ClipboardCopy size={15} aria-hidden />}>
          Copy
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void copy(location.href)}>Link to this run</Menu.Item>
        {refusal && <Menu.Label>{refusal}</Menu.Label>}
        <Menu.Item disabled={refusal !== null} onClick={() => void copy(enqueueOf(run))}>
          enqueueRun mutation for a run like this
        </Menu.Item>
        <Menu.Item disabled={!run.request} onClick={() => void copy(curlOf(run.request))}>
          curl of its request to the script host
        </Menu.Item>
        <Menu.Item disabled={!run.request} onClick={() => void copy(JSON.stringify(run.request, null, 2))}>
          Request as JSON
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const CopyMenu_Run = graphql(`
  fragment CopyMenu_Run on Run {
    request @include(if: $payloads)
    channel
    trigger
    inputPayload @include(if: $payloads)
    context @include(if: $payloads)
    metadata @include(if: $payloads)
    component {
      id
    }
    product {
      id
    }
    attachment {
      id
    }
  }
`);
