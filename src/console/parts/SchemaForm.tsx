import { Validator } from '@cfworker/json-schema';
import { withTheme } from '@rjsf/core';
import templates from '@rjsf/mantine/lib/templates/index.js';
import CheckboxWidget from '@rjsf/mantine/lib/widgets/CheckboxWidget.js';
import SelectWidget from '@rjsf/mantine/lib/widgets/SelectWidget.js';
import type { BaseInputTemplateProps, RJSFSchema, ValidatorType } from '@rjsf/utils';
import { useMemo } from 'react';
import { errorTree, type FormError, withoutEmptyObjects } from './form-values.ts';
import { TimeField } from './TimeField.tsx';

/** A form of the inputs that a JSON Schema describes. Load it lazily. The service checks the values, not the form. */
export function SchemaForm({ schema, value, change, errors, isDisabled }: SchemaFormProps) {
  const shownSchema = useMemo(() => withDoubles(schema) as RJSFSchema, [schema]);
  const shownValue = useMemo(() => withDoubles(value), [value]);
  const shownErrors = useMemo(() => (errors ? errorTree(errors) : undefined), [errors]);
  return (
    <Form
      tagName="div"
      schema={shownSchema}
      validator={VALIDATOR}
      formData={shownValue}
      extraErrors={shownErrors}
      onChange={({ formData }) => change(withoutEmptyObjects(VALIDATOR, shownSchema, formData ?? {}))}
      uiSchema={{ 'ui:submitButtonOptions': { norender: true }, 'ui:title': ' ' }}
      disabled={isDisabled}
      noValidate
      noHtml5Validate
      showErrorList={false}
    />
  );
}

const DefaultInput = templates.BaseInputTemplate!;
/** The library's input takes a value that is missing for one that React does not control. */
const ControlledInput = (props: BaseInputTemplateProps) => (
  <DefaultInput {...props} value={props.value ?? ''} />
);

/** Mantine's widgets for choices. Dates and times get the browser's own inputs: Mantine's weigh 34 kB more. */
const Form = withTheme<Values>({
  templates: { ...templates, BaseInputTemplate: ControlledInput },
  widgets: { CheckboxWidget, SelectWidget, TimeWidget: TimeField },
});

/** The form knows doubles only. The JSON beside it is exact. */
const withDoubles = (value: Values): Values => JSON.parse(JSON.stringify(value));

type Values = { [key: string]: unknown };
export type SchemaFormProps = {
  schema: { [key: string]: unknown };
  value: Values;
  change: (value: Values) => void;
  /** Shown beside their fields. */
  errors?: readonly FormError[];
  isDisabled?: boolean;
};

/** Chooses the branches of oneOf and anyOf. It interprets schemas: the page's policy forbids validators that make code. */
const VALIDATOR: ValidatorType = {
  isValid(schema, formData, rootSchema) {
    try {
      return new Validator({ $defs: rootSchema.$defs, ...schema } as object, '2020-12').validate(formData)
        .valid;
    } catch {
      return false;
    }
  },
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  rawValidation: () => ({ errors: [] }),
};
