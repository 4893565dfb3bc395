import { Button, Center, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { hasProvider, signInWithKey } from '../api/session.ts';

/** Signs a person in, by their organization or by an API key. The key goes to the service once and is not stored here. */
export function SignIn() {
  const [key, setKey] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const [offersProvider, offerProvider] = useState(false);
  useEffect(() => void hasProvider().then(offerProvider), []);
  const send = async () => {
    setSending(true);
    const found = await signInWithKey(key);
    if (found === null) return location.reload();
    setProblem(found);
    setSending(false);
  };
  return (
    <Center mih="100dvh" p="md">
      <Paper withBorder p="xl" w={400} component="main">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <Stack>
            <img src="/favicon.svg" alt="" width={40} height={40} />
            <Title order={1}>Sign in to Journey Runtime</Title>
            {offersProvider && (
              <>
                <Button
                  component="a"
                  href={`/auth/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`}
                >
                  Sign in with your organization
                </Button>
                <Text size="sm" c="dimmed" ta="center">
                  or
                </Text>
              </>
            )}
            <PasswordInput
              label="API key"
              description="It begins with jrk_. An administrator creates it with npm run key"
              value={key}
              onChange={({ currentTarget }) => setKey(currentTarget.value)}
              error={problem}
              autoComplete="current-password"
              required
            />
            <Button type="submit" variant={offersProvider ? 'default' : 'filled'} loading={isSending}>
              Sign in with the key
            </Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
