import { Button, Popover, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Bookmark } from 'lucide-react';
import { type Address, parseAddress } from '../address.ts';
import { graphql, readFragment } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { Problem } from '../parts/Problem.tsx';
import { useMay } from '../parts/permissions.ts';
import { readDefaultView, storeDefaultView } from './default-view.ts';
import { SaveViewForm } from './SaveViewForm.tsx';
import { ViewList, ViewList_SavedView } from './ViewList.tsx';
import { isChanged, savedAddress, VIEW } from './view-address.ts';

/** The saved views of the list: which one is open and whether the filter is still its own, all others, and saving. */
export function ViewsButton({ filter, viewId, goTo }: ViewsButtonProps) {
  const [isOpen, { close, toggle }] = useDisclosure();
  const mayRead = useMay('READ_RUNS');
  const { data, error, refetch } = useOperation(ViewsButton_Query, {}, { enabled: mayRead });
  const views = readFragment(ViewList_SavedView, data?.savedViews ?? []);
  const opened = views.find(({ id }) => id === viewId);
  const hasChanges = opened !== undefined && isChanged(filter, opened.address);
  if (!mayRead) return null;
  const open = (id: string, address: string) => {
    close();
    goTo({ ...parseAddress(address), [VIEW]: id });
  };
  return (
    <Popover opened={isOpen} onChange={close} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<Bookmark size={14} aria-hidden />}
          aria-expanded={isOpen}
          aria-haspopup="dialog"
          onClick={toggle}
        >
          {opened ? opened.name : 'Views'}
          {hasChanges && (
            <Text span size="xs" c="dimmed" ml={6}>
              Unsaved changes
            </Text>
          )}
        </Button>
      </Popover.Target>
      <Popover.Dropdown w={360} aria-label="Saved views">
        {error && <Problem error={error} retry={() => void refetch()} />}
        <ViewList
          views={data?.savedViews ?? []}
          openedId={viewId}
          open={open}
          changed={() => void refetch()}
        />
        <SaveViewForm
          key={opened?.id}
          filter={filter}
          opened={opened?.isOwn ? opened : undefined}
          saved={(id) => {
            close();
            if (readDefaultView()?.id === id) storeDefaultView({ id, address: savedAddress(filter) });
            goTo({ ...filter, [VIEW]: id });
            void refetch();
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

type ViewsButtonProps = { filter: Address; viewId: string | undefined; goTo: (address: Address) => void };

const ViewsButton_Query = graphql(`
  query ViewsButton_Query {
    savedViews(page: "runs") {
      ...ViewList_SavedView
    }
  }
`);
