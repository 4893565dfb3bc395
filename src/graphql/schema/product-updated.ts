import { abortable } from '../../async/abortable.ts';
import { watchProduct } from '../../catalogue/products/watch-product.ts';
import { builder } from './builder.ts';
import { ProductType } from './product.ts';

builder.subscriptionField('productUpdated', (t) =>
  t.prismaField({
    description:
      'Sends the product as it is now, and again after it was saved, at most once a second. An editor can show that another person has saved it.',
    type: ProductType,
    args: {
      id: t.arg.id({
        description: 'The id of the product. An unknown id ends the subscription with NOT_FOUND.',
        required: true,
      }),
    },
    subscribe: (_, { id }, { watchDb }) => abortable((left) => watchProduct(watchDb.pool, id, left)),
    resolve: (query, id, _, { db }) =>
      db.prisma.product.findUniqueOrThrow({ ...query, where: { id: id as unknown as string } }),
  }),
);
