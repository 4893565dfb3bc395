import { Alert, Button, Text } from '@mantine/core';

/** Says that the product was saved by another person, or in another window, since it was read. */
export const SavedElsewhere = ({ isChanged, show }: { isChanged: boolean; show: () => void }) => (
  <Alert color="orange" variant="light" title="Somebody else saved this product" role="status">
    <Text size="sm">
      {isChanged
        ? 'Your changes stay. Put them together with the others now, or when you save.'
        : 'The page shows it as it was before.'}
    </Text>
    <Button size="xs" variant="default" mt="sm" onClick={show}>
      {isChanged ? 'Compare and merge' : 'Show the saved product'}
    </Button>
  </Alert>
);
