import { Box, Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { JsonView } from '../parts/JsonView.tsx';
import { BindingTable } from './BindingTable.tsx';
import { EventTable } from './EventTable.tsx';
import pageClasses from './RunPage.module.css';

/** The payloads of a run, what its script received, and its result. The service has masked secrets. */
export function RunContents({ run: ref }: { run: FragmentType<typeof RunContents_Run> }) {
  const run = readFragment(RunContents_Run, ref);
  const [tab, setTab] = useState<string | null>('bindings');
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
          <BindingTable run={run} />
        </Tabs.Panel>
        <Tabs.Panel value="request">
          <Json value={run.request} name="request" missing="The script host has not been called yet." />
        </Tabs.Panel>
        <Tabs.Panel value="result">
          <Json
            value={run.resultPayload}
            name="result"
            missing="There is no result: the run has not completed."
          />
        </Tabs.Panel>
        <Tabs.Panel value="input">
          <JsonView value={run.inputPayload} name="inputPayload" />
        </Tabs.Panel>
        <Tabs.Panel value="context">
          <JsonView value={run.context} name="context" />
        </Tabs.Panel>
        <Tabs.Panel value="metadata">
          <JsonView value={run.metadata} name="metadata" />
        </Tabs.Panel>
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

function Json({ value, name, missing }: { value: unknown; name: string; missing: string }) {
  if (value === null || value === undefined)
    return (
      <Text size="sm" c="dimmed">
        {missing}
      </Text>
    );
  return <JsonView value={value} name={name} />;
}

const RunContents_Run = graphql(`
  fragment RunContents_Run on Run {
    request
    resultPayload
    inputPayload
    context
    metadata
    ...BindingTable_Run
    ...EventTable_Run
  }
`);
