import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { writeAddress } from '../address.ts';
import { graphql } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { Page } from '../parts/Page.tsx';
import { ComponentForm } from './ComponentForm.tsx';
import { NEW_COMPONENT, registrationOf } from './component-draft.ts';
import { moveSamples } from './use-samples.ts';

/** Registers a component. */
export function NewComponentPage() {
  const register = useChange(NewComponentPage_Register);
  const navigate = useNavigate();
  const payload = register.data?.registerComponent;
  return (
    <Page title="New component">
      <ComponentForm
        place={NEW}
        initial={NEW_COMPONENT}
        stored={null}
        mistakes={payload?.userErrors ?? []}
        error={register.error?.message}
        isSaving={register.isPending}
        action="Register the component"
        save={async (draft, forget) => {
          const input = registrationOf(draft, null);
          if (!input) return;
          const { registerComponent } = await register.mutateAsync({ input });
          const key = registerComponent?.component?.key;
          if (!key) return;
          forget();
          moveSamples(NEW, ` ${key}`);
          notifications.show({
            message: (
              <>
                {draft.name} is registered.{' '}
                <Anchor
                  size="sm"
                  underline="always"
                  href={`/admin/products${writeAddress({ add: key })}`}
                  onClick={(event) => {
                    // Notifications are outside of the router, whose own links do not work there.
                    event.preventDefault();
                    notifications.clean();
                    void navigate({ to: '/admin/products', search: { add: key } });
                  }}
                >
                  Add it to a product
                </Anchor>
              </>
            ),
            color: 'pine',
            autoClose: 20_000,
          });
          void navigate({ to: '/admin/components/$key', params: { key } });
        }}
      />
    </Page>
  );
}

const NEW = 'new';

const NewComponentPage_Register = graphql(`
  mutation NewComponentPage_Register($input: RegisterComponentInput!) {
    registerComponent(input: $input) {
      component {
        key
      }
      userErrors {
        message
        path
      }
    }
  }
`);
