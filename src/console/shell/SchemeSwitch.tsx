import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Moon, Sun } from 'lucide-react';

/** Switches between the light and the dark scheme. At first it is that of the operating system. */
export function SchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const other = useComputedColorScheme('light') === 'light' ? 'dark' : 'light';
  return (
    <Tooltip label={`Use the ${other} scheme`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={`Use the ${other} scheme`}
        onClick={() => setColorScheme(other)}
      >
        {other === 'dark' ? <Moon size={18} /> : <Sun size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}
