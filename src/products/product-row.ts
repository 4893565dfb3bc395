import type { Table } from '../db/table.ts';
import type { JsonObject } from '../json/json.ts';

/** A product as stored. */
export type Product = {
  id: string;
  sku: string;
  slug: string;
  title: string;
  attributes: JsonObject;
  revision: number;
  createdAt: Date;
  updatedAt: Date;
};

export const PRODUCTS: Table<Product> = {
  from: 'products p',
  columns: {
    id: 'p.id',
    sku: 'p.sku',
    slug: 'p.slug',
    title: 'p.title',
    attributes: 'p.attributes',
    revision: 'p.revision',
    createdAt: 'p.created_at',
    updatedAt: 'p.updated_at',
  },
};
