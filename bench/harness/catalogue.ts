import pg from 'pg';

const PRODUCTS = 50;
const ATTACHMENTS_PER_PRODUCT = 10;

export type Catalogue = { componentIds: string[]; productIds: string[]; attachments: CatalogueAttachment[] };
type CatalogueAttachment = { id: string; productId: string; componentId: string };

/** 10 components, and 50 products with all of them attached, each with a few bindings. */
export async function layCatalogue(url: string): Promise<Catalogue> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(COMPONENTS, [ATTACHMENTS_PER_PRODUCT]);
  await client.query(PRODUCTS_AND_ATTACHMENTS, [PRODUCTS]);
  await client.end();
  return catalogueOf(url);
}

/** What a database has of it. */
export async function catalogueOf(url: string): Promise<Catalogue> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const components = await client.query('select id from journey_components order by key');
  const products = await client.query('select id from products order by sku');
  const attachments = await client.query<CatalogueAttachment>(
    `select id, product_id as "productId", component_id as "componentId" from product_journey_components
     order by product_id, display_order`,
  );
  await client.end();
  const idOf = (row: { id: string }) => row.id;
  return {
    componentIds: components.rows.map(idOf),
    productIds: products.rows.map(idOf),
    attachments: attachments.rows,
  };
}

const COMPONENTS = `
  with made as (
    select gen_random_uuid() as id, gen_random_uuid() as version_id, to_char(n, 'FM00') as n from generate_series(1, $1) n
  ), versions as (
    insert into journey_component_versions (id, component_id, version, triggers, script_slug, script_runtime, input_schema)
    select version_id, id, 1, '{CHECKOUT,OPERATOR}', 'script-' || n, 'node',
      '{"type": "object", "properties": {"title": {"type": "string"}, "note": {"type": "string"}}}'
    from made
  )
  insert into journey_components (id, key, name, current_version_id, updated_at)
  select id, 'component-' || n, 'Component ' || n, version_id, now() from made`;

const PRODUCTS_AND_ATTACHMENTS = `
  with made as (
    insert into products (id, sku, slug, title, attributes, updated_at)
    select gen_random_uuid(), 'SKU-' || to_char(n, 'FM000'), 'product-' || n, 'Product ' || n,
      '{"material": "steel", "weightGrams": 340}', now()
    from generate_series(1, $1) n returning id
  )
  insert into product_journey_components
    (id, product_id, component_id, display_order, channel_eligibility, bindings, updated_at)
  select gen_random_uuid(), p.id, c.id, row_number() over (partition by p.id order by c.key) - 1, '{storefront}',
    '[{"kind": "product_field", "inputKey": "title", "path": "product.title", "required": true},
      {"kind": "runtime", "inputKey": "note", "path": "input.note", "required": false}]', now()
  from made p cross join journey_components c`;
