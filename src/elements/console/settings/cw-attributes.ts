import { html } from 'lit';
import type { AttributeChange, JsonObject } from '../../../api/admin-client.ts';
import type { AttributeDefinition } from '../../../api/protocol.ts';
import { english as strings } from '../../../text/attribute-strings.ts';
import { newKey } from '../form-keys.ts';
import type { FieldSchema } from './field-schema.ts';
import { listOf, RecordsPage, wordsOf } from './records-page.ts';
import { SettingsDraft } from './settings-draft.ts';

/** What can be changed of an attribute at any time. */
const LABEL: FieldSchema = { type: 'string', title: strings.label, description: strings.labelHint, maxLength: 80 };
const OPTIONS: FieldSchema = {
  type: 'array',
  title: strings.options,
  items: { type: 'string', maxLength: 120 },
  maxItems: 100,
  default: [],
  'x-item': strings.option,
};
const WRITERS: FieldSchema = {
  type: 'array',
  title: strings.writers,
  items: { enum: ['agent', 'visitor', 'api'], 'x-labels': strings.writerNames },
  default: ['agent', 'visitor', 'api'],
};
const CHANGE: FieldSchema = { type: 'object', properties: { label: LABEL, writers: WRITERS } };
const CHANGE_LIST: FieldSchema = { type: 'object', properties: { label: LABEL, options: OPTIONS, writers: WRITERS } };

/** What `POST /v1/attributes` takes, as the form shows it. */
const NEW: FieldSchema = {
  type: 'object',
  properties: {
    label: LABEL,
    key: { type: 'string', title: strings.key, description: strings.keyHint, maxLength: 64 },
    owner: { enum: ['contact', 'conversation'], title: strings.owner, 'x-labels': strings.owners, default: 'contact' },
    type: {
      enum: ['string', 'number', 'boolean', 'date', 'list'],
      title: strings.type,
      'x-labels': strings.types,
      default: 'string',
    },
    options: { ...OPTIONS, 'x-only-if': { field: 'type', is: ['list'] } },
    writers: WRITERS,
  },
};

/**
 * Which fields contacts and conversations have beyond their own: adding one, changing one, forgetting one.
 *
 * @fires {Event} cw-attributes - They are others now.
 * @internal
 */
export class CwAttributes extends RecordsPage<AttributeDefinition> {
  protected override readonly strings = strings;

  protected override labelOf({ label }: AttributeDefinition): string {
    return label;
  }

  protected override factsOf({ key, owner, type, writers: who }: AttributeDefinition) {
    const names = who.map((each) => strings.writerNames[each]);
    const facts = [strings.owners[owner], strings.types[type], names.join(', ') || strings.nobody];
    return html`<code>${key}</code> · ${facts.join(' · ')}`;
  }

  protected override draftOf(attribute?: AttributeDefinition): SettingsDraft {
    if (!attribute) {
      const writers = ['agent', 'visitor', 'api'];
      return new SettingsDraft(NEW, { owner: 'contact', type: 'string', options: [], writers });
    }
    const { label, type, options = [], writers } = attribute;
    return new SettingsDraft(type === 'list' ? CHANGE_LIST : CHANGE, { label, options, writers });
  }

  protected override load(): Promise<readonly AttributeDefinition[]> {
    return this.client.attributes();
  }

  protected override create(value: JsonObject): Promise<AttributeDefinition> {
    return this.client.createAttribute(newOf(value, this.records ?? []));
  }

  protected override change({ id, type }: AttributeDefinition, value: JsonObject): Promise<AttributeDefinition> {
    return this.client.changeAttribute(id, changeOf(value, type));
  }

  protected override delete({ id }: AttributeDefinition): Promise<void> {
    return this.client.deleteAttribute(id);
  }

  protected override changed(): void {
    this.dispatchEvent(new Event('cw-attributes'));
  }
}

function changeOf({ label, options, writers }: JsonObject, type: AttributeDefinition['type']): AttributeChange {
  return {
    label: wordsOf(label),
    ...(type === 'list' && { options: listOf(options) }),
    writers: listOf(writers) as AttributeDefinition['writers'],
  };
}

/** Without a key of one's own, one that is made of the label. */
function newOf(value: JsonObject, known: readonly AttributeDefinition[]): Omit<AttributeDefinition, 'id'> {
  const owner = value['owner'] === 'conversation' ? 'conversation' : 'contact';
  const type = value['type'] as AttributeDefinition['type'];
  const { label = '', writers = [], ...rest } = changeOf(value, type);
  const taken = new Set(known.filter((each) => each.owner === owner).map(({ key }) => key));
  const key = wordsOf(value['key']) || (label && newKey(label, 'number', taken));
  return { owner, key, label, type, writers, ...rest };
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-attributes': CwAttributes;
  }
}

if (!customElements.get('cw-attributes')) customElements.define('cw-attributes', CwAttributes);
