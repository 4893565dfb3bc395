import { Kbd, Modal, Table, Title } from '@mantine/core';

/** The list of all keys. A key acts only while no field has the focus. */
export function ShortcutHelp({ isOpen, close }: { isOpen: boolean; close: () => void }) {
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title="Keyboard shortcuts"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {SECTIONS.map(([title, keys]) => (
        <section key={title}>
          <Title order={3} size="sm" mt="sm" mb={4}>
            {title}
          </Title>
          <Table withRowBorders={false} verticalSpacing={4}>
            <Table.Tbody>
              {keys.map(([key, effect]) => (
                <Table.Tr key={key}>
                  <Table.Td w={110}>
                    <Kbd>{key}</Kbd>
                  </Table.Td>
                  <Table.Td>{effect}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      ))}
    </Modal>
  );
}

const SECTIONS: readonly [title: string, keys: readonly [key: string, effect: string][]][] = [
  [
    'Everywhere',
    [
      ['⌘ K, Ctrl K', 'Search pages, actions, runs, orders, products and components'],
      ['?', 'Show this list'],
    ],
  ],
  [
    'List of runs',
    [
      ['/', 'Search the runs'],
      ['N', 'Show the new runs'],
      ['J, K', 'Go to the next or the previous run'],
      ['Enter', 'Open the run'],
    ],
  ],
  [
    'A run',
    [
      ['J, K', 'Go to the next or the previous run of the list'],
      ['Esc', 'Return to the list'],
    ],
  ],
  ['A product or a component', [['⌘ S, Ctrl S', 'Save']]],
];
