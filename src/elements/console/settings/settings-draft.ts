import type { Json, JsonObject } from '../../../api/admin-client.ts';
import { defaultOf, isObject, type FieldSchema } from './field-schema.ts';
import { below, isSame, stepsOf, valueAt, withValue } from './json-pointer.ts';

/**
 * An inbox's settings while they are being changed: what is saved, what is meant, and the patch from one to the other.
 * Immutable. All pointers begin at the schema's own document.
 */
export class SettingsDraft {
  readonly schema: FieldSchema;
  /** As the server has it. */
  readonly saved: JsonObject;
  /** As it is meant. */
  readonly value: JsonObject;

  constructor(schema: FieldSchema, saved: JsonObject, value = saved) {
    this.schema = schema;
    this.saved = saved;
    this.value = value;
  }

  /** What was changed: JSON Merge Patch (RFC 7396). What is as it would be by default is null: then it is not stored. */
  get patch(): JsonObject {
    return patchOf(this.schema, this.saved, this.value);
  }

  get isChanged(): boolean {
    return !isSame(this.saved, this.value);
  }

  at(pointer: string): Json | undefined {
    return valueAt(this.value, pointer);
  }

  /** Undefined: by default. */
  with(pointer: string, value: Json | undefined): SettingsDraft {
    const next = value === undefined ? this.defaultAt(pointer) : value;
    return new SettingsDraft(this.schema, this.saved, withValue(this.value, pointer, next));
  }

  /** The field has a default, and is something else. */
  mayReset(pointer: string): boolean {
    const standard = schemaAt(this.schema, pointer)?.default === undefined ? undefined : this.defaultAt(pointer);
    return standard !== undefined && !isSame(standard, this.at(pointer));
  }

  /** What a field is when nobody has set it. Undefined inside of rows, where that is not a question. */
  defaultAt(pointer: string): Json | undefined {
    const schema = schemaAt(this.schema, pointer);
    return schema && defaultOf(schema);
  }

  /** The same changes, made to what somebody else has saved meanwhile. */
  onto(saved: JsonObject): SettingsDraft {
    return new SettingsDraft(this.schema, saved, merge(this.schema, saved, this.patch));
  }

  /** What the field at a pointer is called, in rows too; an entry of a list is called as its list is. */
  titleAt(pointer: string): string {
    let schema = this.schema;
    let title = stepsOf(pointer).at(-1) ?? '';
    for (const step of stepsOf(pointer)) {
      schema = schema.properties?.[step] ?? schema.items ?? schema;
      title = schema.title ?? title;
    }
    return title;
  }

  /** Nothing is meant to change. */
  get undone(): SettingsDraft {
    return new SettingsDraft(this.schema, this.saved);
  }
}

function schemaAt(schema: FieldSchema, pointer: string): FieldSchema | undefined {
  return stepsOf(pointer).reduce<FieldSchema | undefined>((at, step) => at?.properties?.[step], schema);
}

function patchOf(schema: FieldSchema | undefined, saved: JsonObject, value: JsonObject): JsonObject {
  const changes = Object.keys({ ...saved, ...value }).flatMap((name): [string, Json][] => {
    const [before, after] = [saved[name], value[name]];
    const field = schema?.properties?.[name];
    if (isSame(before, after)) return [];
    if (isObject(before) && isObject(after)) return [[name, patchOf(field, before, after)]];
    return [[name, after === undefined || (field && isSame(after, defaultOf(field))) ? null : after]];
  });
  return Object.fromEntries(changes);
}

function merge(schema: FieldSchema | undefined, target: JsonObject, patch: JsonObject): JsonObject {
  return Object.entries(patch).reduce((merged, [name, change]) => {
    const field = schema?.properties?.[name];
    const before = merged[name];
    const after =
      change === null
        ? field && defaultOf(field)
        : isObject(change)
          ? merge(field, isObject(before) ? before : {}, change)
          : change;
    return withValue(merged, below('', name), after);
  }, target);
}
