import {
  ATTACHMENTS_CHECKED,
  type ComponentPreview,
  previewComponent,
} from '../../catalogue/lint/preview-component.ts';
import type { Result } from '../../errors.ts';
import { builder } from './builder.ts';
import { LintFindingType } from './catalogue-lint.ts';
import { UpdateComponentInput } from './component-inputs.ts';
import { addUserErrors } from './user-error.ts';

const ComponentPreviewType = builder.objectRef<Result<ComponentPreview>>('ComponentPreview');
ComponentPreviewType.implement({
  description: 'The effect that an update of a component would have. With userErrors, there is none.',
  fields: (t) => ({
    isNewVersion: t.boolean({
      description: 'True if the update would create a new version. null when there are userErrors.',
      nullable: true,
      resolve: (result) => (result.ok ? result.value.isNewVersion : null),
    }),
    problems: t.field({
      description:
        'The problems that attachments of the component would get by the new version, as catalogueLint finds them. Problems that they have already are left out.',
      type: [LintFindingType],
      resolve: (result) => (result.ok ? result.value.problems : []),
    }),
    checkedAttachments: t.int({
      description: `The number of attachments that were checked, at most ${ATTACHMENTS_CHECKED}. null when there are userErrors.`,
      nullable: true,
      resolve: (result) => (result.ok ? result.value.checked : null),
    }),
    checkedAll: t.boolean({
      description: 'True if all attachments of the component were checked. null when there are userErrors.',
      nullable: true,
      resolve: (result) => (result.ok ? result.value.isComplete : null),
    }),
  }),
});
addUserErrors(ComponentPreviewType);

builder.queryField('previewComponent', (t) =>
  t.field({
    description:
      'Shows what updateComponent would do with this input, and which attachments it would break. Nothing is changed.',
    type: ComponentPreviewType,
    weighs: { always: 500 },
    args: {
      id: t.arg.id({ description: 'The id of the component.', required: true }),
      input: t.arg({
        description: 'The input of updateComponent.',
        type: UpdateComponentInput,
        required: true,
      }),
    },
    resolve: (_, { id, input }, { db, checkBudget }) => previewComponent(db, id, input, checkBudget),
  }),
);
