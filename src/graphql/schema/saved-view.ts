import type { Result } from '../../errors.ts';
import { deleteView, listViews, type SavedView, saveView } from '../../views/saved-views.ts';
import { builder } from './builder.ts';
import { addUserErrors } from './user-error.ts';

const SavedViewType = builder.objectRef<SavedView>('SavedView').implement({
  description: 'A place in a user interface, such as a filtered list, that a person saved under a name.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The UUID of the view.' }),
    page: t.exposeString('page', { description: 'The page that the view belongs to, such as runs.' }),
    name: t.exposeString('name', { description: 'The name of the view.' }),
    address: t.exposeString('address', {
      description: 'The address of the view within the page, such as the query string with its filter.',
    }),
    isShared: t.exposeBoolean('isShared', { description: 'True if everybody sees the view.' }),
    isOwn: t.boolean({
      description: 'True if the principal that sends the operation saved the view, and can delete it.',
      resolve: ({ owner }, _, { principal }) => owner === principal.id,
    }),
    updatedAt: t.expose('updatedAt', {
      description: 'The time at which the view was last saved.',
      type: 'DateTime',
    }),
  }),
});

const SaveViewInputType = builder.inputType('SaveViewInput', {
  description: 'The view to save. It replaces the view of the page that you saved under that name.',
  fields: (t) => ({
    page: t.string({ description: 'The page of the view, at most 50 characters.', required: true }),
    name: t.string({ description: 'The name of the view, at most 100 characters.', required: true }),
    address: t.string({
      description: 'The address of the view within the page, at most 8,000 characters.',
      required: true,
    }),
    isShared: t.boolean({ description: 'If true, everybody sees the view. Defaults to false.' }),
  }),
});

const SavedViewPayload = builder.objectRef<Result<SavedView>>('SavedViewPayload');
SavedViewPayload.implement({
  description: 'The result of saving or deleting a view.',
  fields: (t) => ({
    view: t.field({
      description: 'The view that was saved or deleted. null when there are userErrors.',
      type: SavedViewType,
      nullable: true,
      resolve: (result) => (result.ok ? result.value : null),
    }),
  }),
});
addUserErrors(SavedViewPayload);

builder.queryField('savedViews', (t) =>
  t.field({
    description:
      'The views that you saved, then those that others share, each by name, at most 1,000 in all.',
    type: [SavedViewType],
    weighs: { always: 100 },
    args: {
      page: t.arg.string({
        description: 'Lists only the views of this page. null lists those of every page.',
      }),
    },
    resolve: (_, { page = null }, { db, principal }) => listViews(db.pool, principal.id, page),
  }),
);

builder.mutationFields((t) => ({
  saveView: t.field({
    description: 'Saves a view. A person may save at most 200.',
    type: SavedViewPayload,
    audits: 'SavedView',
    args: { input: t.arg({ description: 'The view.', type: SaveViewInputType, required: true }) },
    resolve: (_, { input }, { db, principal }) => saveView(db.pool, principal.id, input),
  }),
  deleteView: t.field({
    description: 'Deletes a view that you saved. For any other view the error is NOT_FOUND.',
    type: SavedViewPayload,
    audits: 'SavedView',
    args: { id: t.arg.id({ description: 'The id of the view.', required: true }) },
    resolve: (_, { id }, { db, principal }) => deleteView(db.pool, principal.id, id),
  }),
}));
