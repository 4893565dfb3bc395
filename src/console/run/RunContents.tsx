import { Box, Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { JsonView } from '../parts/JsonView.tsx';
import { useRefusal } from '../parts/permissions.ts';
import { BindingTable } from './BindingTable.tsx';
import { EventTable } from './EventTable.tsx';
import pageClasses from './RunPage.module.css';

/** The payloads of a run, what its script received, and its result. The service has masked secrets. */
export function RunContents({ run: ref }: { run: FragmentType<typeof RunContents_Run> }) {
  const run = readFragment(RunContents_Run, ref);
  const [tab, setTab] = useState<string | null>('bindings');
  const refusal = useRefusal('READ_PAYLOADS');
  return (
    <Tabs value={tab} onChange={setTab} keepMounted={false} className={pageClasses.card}>
      <Tabs.List>
        {TABS.map(([name, label]) => (
          <Tabs.Tab key={name} value={name}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Box p="md">
        <Tabs.Panel value="bindings">
          {refusal ? <Note text={refusal} /> : <BindingTable run={run} />}
        </Tabs.Panel>
        {PAYLOADS.map(([tab, name, missing]) => (
          <Tabs.Panel key={tab} value={tab}>
            {run[name] == null ? (
              <Note text={refusal ?? missing} />
            ) : (
              <JsonView value={run[name]} name={name} />
            )}
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="events">
          <EventTable run={run} />
        </Tabs.Panel>
      </Box>
    </Tabs>
  );
}

const TABS = [
  ['bindings', 'Bindings'],
  ['request', 'Request'],
  ['result', 'Result'],
  ['input', 'Input'],
  ['context', 'Context'],
  ['metadata', 'Metadata'],
  ['events', 'Events'],
] as const;

const PAYLOADS = [
  ['request', 'request', 'The script host has not been called yet'],
  ['result', 'resultPayload', 'Only a completed run has a result'],
  ['input', 'inputPayload', 'There is no input payload'],
  ['context', 'context', 'There is no context'],
  ['metadata', 'metadata', 'There is no metadata'],
] as const;

const Note = ({ text }: { text: string }) => (
  <Text size="sm" c="dimmed">
    {text}.
  </Text>
);

const RunContents_Run = graphql(`
  fragment RunContents_Run on Run {
    request @include(if: $payloads)
    resultPayload @include(if: $payloads)
    inputPayload @include(if: $payloads)
    context @include(if: $payloads)
    metadata @include(if: $payloads)
    ...BindingTable_Run @include(if: $payloads)
    ...EventTable_Run
  }
`);
