import { property } from 'lit/decorators.js';
import type { Json, JsonObject, TriggerBody } from '../../../api/admin-client.ts';
import type { AttributeDefinition, Trigger } from '../../../api/protocol.ts';
import { english as strings } from '../../../text/trigger-strings.ts';
import {
  conditionsField,
  conditionsInWords,
  conditionsOf,
  rowPlace,
  rowsOf,
  triggerParameters,
} from './condition-fields.ts';
import type { FieldSchema } from './field-schema.ts';
import { RecordsPage, wordsOf } from './records-page.ts';
import { SettingsDraft } from './settings-draft.ts';

const DEFAULTS = { kind: 'invitation', enabled: true, delaySeconds: 0, times: 1, days: 0, priority: 0 } as const;

/**
 * What the widgets of an inbox say before the visitor does: when, how often, and in which order it is tried.
 *
 * @internal
 */
export class CwTriggers extends RecordsPage<Trigger> {
  @property({ attribute: false }) inboxId = '';

  protected override readonly strings = strings;
  #attributes: readonly AttributeDefinition[] = [];

  protected override labelOf({ name }: Trigger): string {
    return name;
  }

  protected override factsOf({ enabled, kind, conditions }: Trigger) {
    const rules = conditionsInWords(conditions, triggerParameters(this.#attributes));
    const when = rules.length ? rules : [strings.everyPage];
    return [...(enabled ? [] : [strings.off]), strings.kinds[kind], ...when].join(' · ');
  }

  protected override draftOf(trigger?: Trigger): SettingsDraft {
    const { name = '', message = '', conditions = [], frequency = DEFAULTS, ...rest } = trigger ?? {};
    const { kind, enabled, delaySeconds, priority } = { ...DEFAULTS, ...rest };
    const { times, days } = frequency;
    return new SettingsDraft(this.#schema(trigger), {
      ...{ name, message, enabled, conditions: rowsOf(conditions), delaySeconds, times, days, priority },
      ...(!trigger && { kind }),
    });
  }

  protected override async load(): Promise<readonly Trigger[]> {
    const [attributes, triggers] = await Promise.all([this.client.attributes(), this.client.triggers(this.inboxId)]);
    this.#attributes = attributes;
    return triggers;
  }

  protected override create(value: JsonObject): Promise<Trigger> {
    const kind = value['kind'] === 'bot' ? 'bot' : 'invitation';
    return this.client.createTrigger({ ...bodyOf(value), kind, inboxId: this.inboxId });
  }

  protected override change({ id }: Trigger, value: JsonObject): Promise<Trigger> {
    return this.client.changeTrigger(id, bodyOf(value));
  }

  protected override delete({ id }: Trigger): Promise<void> {
    return this.client.deleteTrigger(id);
  }

  protected override fieldOf(pointer: string): string {
    return rowPlace(pointer.replace(/^\/frequency\//, '/'));
  }

  /** @param trigger whose kind stays what it is */
  #schema(trigger: Trigger | undefined): FieldSchema {
    const names = triggerParameters(this.#attributes);
    const kind: FieldSchema = {
      ...{ enum: ['invitation', 'bot'], title: strings.kind, description: strings.kindHint, default: DEFAULTS.kind },
      'x-labels': strings.kinds,
    };
    return {
      type: 'object',
      properties: {
        name: { type: 'string', title: strings.name, description: strings.nameHint, maxLength: 80 },
        ...(!trigger && { kind }),
        message: { type: 'string', 'x-field': 'multiline', title: strings.message, maxLength: 1_000 },
        enabled: { type: 'boolean', title: strings.enabled, default: DEFAULTS.enabled },
        conditions: conditionsField(names, strings.conditionsHint, trigger?.conditions),
        delaySeconds: whole(strings.delay, strings.delayHint, { maximum: 86_400, 'x-unit': strings.seconds }),
        times: whole(strings.times, '', { minimum: 1, maximum: 1_000, default: DEFAULTS.times }),
        days: whole(strings.days, strings.daysHint, { maximum: 3_650 }),
        priority: whole(strings.priority, strings.priorityHint, { minimum: -1_000, maximum: 1_000 }),
      },
    };
  }
}

const whole = (title: string, description: string, more: FieldSchema): FieldSchema => ({
  ...{ type: 'integer', title, minimum: 0, default: 0 },
  ...(description && { description }),
  ...more,
});

function bodyOf(value: JsonObject): TriggerBody {
  const { name, message, enabled, conditions, delaySeconds, times, days, priority } = value;
  const number = (each: Json | undefined, otherwise: number) => (typeof each === 'number' ? each : otherwise);
  return {
    ...{ name: wordsOf(name), message: wordsOf(message), enabled: enabled === true },
    ...{ delaySeconds: number(delaySeconds, 0), priority: number(priority, 0) },
    frequency: { times: number(times, 1), days: number(days, 0) },
    conditions: conditionsOf(conditions),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-triggers': CwTriggers;
  }
}

if (!customElements.get('cw-triggers')) customElements.define('cw-triggers', CwTriggers);
