import assert from 'node:assert/strict';
import Schema from 'typebox/schema';
import type { App } from '../../src/http/app.ts';

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: { readonly 'application/json'?: { readonly schema: object } } }>
  >;
}
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation | undefined>>>>;
  readonly components: { readonly schemas: object };
}
type Check = (body: unknown) => string | undefined;

/**
 * Holds every JSON answer that a test gets against what `/openapi.json` says of its route, so that the API reference
 * cannot lie. Fields that the reference does not name fail too: nothing leaves the server undescribed.
 */
export class Description {
  readonly #document: OpenApi;
  readonly #patterns: readonly { readonly path: string; readonly pattern: RegExp }[];
  readonly #checks = new Map<string, Check>();

  constructor(app: App) {
    this.#document = close(app.swagger()) as OpenApi;
    this.#patterns = Object.keys(this.#document.paths)
      // Fixed paths before those with a parameter in the same place.
      .sort((one, other) => one.split('{').length - other.split('{').length)
      .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`) }));
  }

  check(method: string, url: string, status: number, body: unknown): void {
    const [pathname = ''] = url.split('?');
    const path = this.#patterns.find(({ pattern }) => pattern.test(pathname))?.path;
    const responses = path && this.#document.paths[path]?.[method.toLowerCase()]?.responses;
    if (!responses) return;
    const name = [String(status), `${String(status)[0]}XX`].find((key) => key in responses);
    assert.ok(name, `${method} ${path} does not say that it may answer ${status}`);
    const schema = responses[name]?.content?.['application/json']?.schema;
    assert.ok(schema, `${method} ${path} does not say what ${status} is`);
    const key = `${method} ${path} ${name}`;
    let check = this.#checks.get(key);
    if (!check) this.#checks.set(key, (check = this.#compile(schema)));
    const fault = check(body);
    assert.ok(fault === undefined, `${key} is not as described: ${fault} in ${JSON.stringify(body)}`);
  }

  #compile(schema: object): Check {
    const validator = Schema.Compile({ ...schema, components: this.#document.components });
    return (body) => (validator.Check(body) ? undefined : JSON.stringify(validator.Errors(body)[1]));
  }
}

/** A copy in which no object may have fields beyond those named. */
function close(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(close);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name, close(child)]),
  );
  if (copy['type'] === 'object' && 'properties' in copy && !('additionalProperties' in copy))
    copy['additionalProperties'] = false;
  return copy;
}
