import { ActionIcon, Button, Group, SegmentedControl, Stack, Text, Textarea, Title } from '@mantine/core';
import { CircleAlert, CircleCheck, Plus, Trash2 } from 'lucide-react';
import classes from './SampleList.module.css';
import { newSample, type Sample, type SampleState } from './samples.ts';

/** The samples of a schema, each with what the service says of it. */
export function SampleList({ samples, states, template, change }: SampleListProps) {
  const add = (mustPass: boolean) => change([...samples, newSample(template, mustPass)]);
  const set = (key: string, part: Partial<Sample>) =>
    change(samples.map((sample) => (sample.key === key ? { ...sample, ...part } : sample)));
  return (
    <section aria-labelledby="samples">
      <Title order={3} size="h5" id="samples" mt="md">
        Samples
      </Title>
      <Text size="xs" c="dimmed">
        Inputs that the schema must accept, and inputs that it must reject. The service checks them while you
        type. They stay in this browser.
      </Text>
      <Stack gap="sm" mt="xs" component="ol" className={classes.list}>
        {samples.map((sample, index) => (
          <li key={sample.key} className={classes.sample}>
            <Group gap="xs" justify="space-between">
              <SegmentedControl
                size="xs"
                aria-label={`Sample ${index + 1}`}
                data={EXPECTATIONS}
                value={sample.mustPass ? 'pass' : 'fail'}
                onChange={(value) => set(sample.key, { mustPass: value === 'pass' })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove sample ${index + 1}`}
                onClick={() => change(samples.filter((other) => other !== sample))}
              >
                <Trash2 size={16} />
              </ActionIcon>
            </Group>
            <Textarea
              aria-label={`Inputs of sample ${index + 1}`}
              classNames={{ input: 'mono' }}
              value={sample.text}
              onChange={(event) => set(sample.key, { text: event.currentTarget.value })}
              autosize
              minRows={1}
              maxRows={12}
              mt={6}
              spellCheck={false}
            />
            <State state={states[index]!} />
          </li>
        ))}
      </Stack>
      <Group gap="xs" mt="xs">
        {EXPECTATIONS.map(({ value, label }) => (
          <Button
            key={value}
            variant="default"
            size="xs"
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() => add(value === 'pass')}
          >
            A sample that {label.toLowerCase()}
          </Button>
        ))}
      </Group>
    </section>
  );
}

const EXPECTATIONS = [
  { value: 'pass', label: 'Must pass' },
  { value: 'fail', label: 'Must fail' },
];

function State({ state: { isAsExpected, text } }: { state: SampleState }) {
  const Icon = isAsExpected ? CircleCheck : CircleAlert;
  return (
    <p className={classes.state} data-expected={isAsExpected}>
      {isAsExpected !== null && <Icon size={14} aria-hidden />} {text}
    </p>
  );
}

type SampleListProps = {
  samples: readonly Sample[];
  /** One for each sample. */
  states: readonly SampleState[];
  /** The inputs of the next sample. */
  template: object;
  change: (samples: readonly Sample[]) => void;
};
