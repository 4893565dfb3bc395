import { useNavigate } from '@tanstack/react-router';
import { graphql } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';
import { Page } from '../parts/Page.tsx';
import { ComponentForm } from './ComponentForm.tsx';
import { NEW_COMPONENT, registrationOf } from './component-draft.ts';

/** Registers a component. */
export function NewComponentPage() {
  const register = useChange(NewComponentPage_Register);
  const navigate = useNavigate();
  const payload = register.data?.registerComponent;
  return (
    <Page title="New component">
      <ComponentForm
        initial={NEW_COMPONENT}
        isNew
        mistakes={payload?.userErrors ?? []}
        error={register.error?.message}
        isSaving={register.isPending}
        action="Register the component"
        save={async (draft) => {
          const input = registrationOf(draft, null);
          if (!input) return;
          const { registerComponent } = await register.mutateAsync({ input });
          const key = registerComponent?.component?.key;
          if (key) void navigate({ to: '/admin/components/$key', params: { key } });
        }}
      />
    </Page>
  );
}

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
