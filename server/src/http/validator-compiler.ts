import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

/**
 * Compiles a route's schemas. What stands in a URL is text: it is converted, and parameters that the route does not
 * know are dropped, so that none can slip through to a query. Bodies are taken as they are.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema);
  const isInUrl = httpPart === 'querystring' || httpPart === 'params';
  return (given: unknown) => {
    const value = isInUrl ? validator.Clean(validator.Convert(given)) : given;
    return validator.Check(value) ? { value } : { error: validator.Errors(value) as never };
  };
};
