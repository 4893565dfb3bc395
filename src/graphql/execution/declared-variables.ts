import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';
import { isJsonObject } from '../../json/json.ts';
import { isDeeperThan, MAX_WALKED_DEPTH } from '../../json/json-limits.ts';
import { isRawNumber, numberText } from '../../json/number.ts';
import { badRequest } from '../graphql-errors.ts';

type Variables = { [name: string]: unknown };

/**
 * Returns the variables that the operation declares, as the executor expects them. A RawNumber becomes a double, or
 * its digits where an ID is expected; within the JSON scalars it stays, so that they preserve all digits.
 * @throws GraphQLError BAD_REQUEST when a variable is nested so deeply that recursion could overflow the stack
 */
export function declaredVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables | null | undefined,
): Variables {
  if (variables != null && !isJsonObject(variables)) throw badRequest('The variables must be a JSON object.');
  const declared: Variables = {};
  for (const { variable, type } of variableDefinitions) {
    const name = variable.name.value;
    if (!variables || !Object.hasOwn(variables, name)) continue;
    const value = variables[name];
    if (isDeeperThan(MAX_WALKED_DEPTH, value))
      throw badRequest(`variables.${name} is nested deeper than ${MAX_WALKED_DEPTH} levels; flatten it.`);
    const expected = typeFromAST(schema, type as never) as GraphQLInputType | undefined;
    declared[name] = expected ? plain(value, expected) : value;
  }
  return declared;
}

/** Replaces RawNumbers, as deep as the type goes. Changes lists and objects in place. */
function plain(value: unknown, type: GraphQLInputType): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isNonNullType(type)) return plain(value, type.ofType);
  if (isRawNumber(value)) {
    const { name } = getNamedType(type);
    if (name === 'JSON' || name === 'JSONObject') return value;
    return name === 'ID' ? numberText(value) : Number(numberText(value));
  }
  if (isListType(type)) {
    if (!Array.isArray(value)) return plain(value, type.ofType);
    for (let index = 0; index < value.length; index += 1) value[index] = plain(value[index], type.ofType);
  } else if (isInputObjectType(type) && !Array.isArray(value)) {
    const object = value as Variables;
    const fields = type.getFields();
    for (const name of Object.keys(object)) {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (field) object[name] = plain(object[name], field.type);
    }
  }
  return value;
}
