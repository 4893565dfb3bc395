import { graphql } from '../generated/gql.ts';
import type { RegisterComponentInput } from '../generated/graphql.ts';
import type { TestApp } from './app.ts';

/** Registers a component with what is given; answers with its id. */
export async function register(
  app: TestApp,
  given: Partial<RegisterComponentInput> & { key: string },
): Promise<string> {
  const { registerComponent } = await app.query(REGISTER, {
    input: { ...COMPONENT, name: given.key, ...given },
  });
  if (!registerComponent.component) throw new Error(JSON.stringify(registerComponent.userErrors));
  return registerComponent.component.id;
}

const REGISTER = graphql(`
  mutation RegisterForTest($input: RegisterComponentInput!) {
    registerComponent(input: $input) { component { id } userErrors { message } }
  }
`);

/** The least that a component is made of, but for its key and its name. */
export const COMPONENT = {
  triggers: ['CHECKOUT'],
  script: { slug: 'a-script', runtime: 'node' },
} satisfies Partial<RegisterComponentInput>;

const SAVE = `mutation ($input: SaveProductInput!) {
  saveProduct(input: $input) {
    product {
      id sku slug title attributes revision
      journeyComponents {
        id displayOrder isRequired channelEligibility metadata component { id key }
        bindings {
          __typename kind inputKey required
          ... on StaticBinding { value secret } ... on ProductFieldBinding { path } ... on RuntimeBinding { path }
        }
      }
    }
    userErrors { code message path }
  }
}`;

/** Saves a product; answers with saveProduct's payload. */
export async function save(app: TestApp, input: object) {
  return (await app.query(SAVE, { input })).saveProduct;
}
