import type { JsonObject } from '../../../../src/api/admin-client.ts';
import { defaultOf, type FieldSchema } from '../../../../src/elements/console/settings/field-schema.ts';

const hours: FieldSchema = {
  type: 'array',
  default: [],
  items: { type: 'object', properties: { from: { type: 'string' }, to: { type: 'string' } } },
};

/** One field of every kind, as a server might serve them. */
export const SAMPLE: FieldSchema = {
  type: 'object',
  properties: {
    looks: {
      type: 'object',
      title: 'Looks',
      description: 'How it looks.',
      default: {},
      properties: {
        color: { type: 'string', title: 'Colour', description: 'As #rrggbb.', default: '#4364df', 'x-field': 'color' },
        ground: { type: 'string', title: 'Ground', default: '', 'x-field': 'color', 'x-colors': { teal: '#00766a' } },
        logo: { type: 'string', title: 'Logo', default: '', 'x-field': 'image' },
        side: { type: 'string', enum: ['left', 'right'], title: 'Side', default: 'right' },
        tone: {
          type: 'string',
          enum: ['calm', 'warm', 'loud', 'quiet', 'plain'],
          title: 'Tone',
          default: 'warm',
          'x-labels': { plain: 'No tone at all' },
        },
        shadow: {
          type: 'object',
          title: 'Shadow',
          description: 'Under the panel.',
          default: {},
          properties: {
            depth: { type: 'integer', title: 'Depth', default: 4, minimum: 0, maximum: 24, 'x-unit': 'pixels' },
            soft: { type: 'boolean', title: 'Soft', default: true },
          },
        },
      },
    },
    words: {
      type: 'object',
      title: 'Words',
      default: {},
      properties: {
        name: { type: 'string', title: 'Name', default: 'Support', maxLength: 80 },
        hello: { type: 'string', title: 'Hello', default: 'Hi!', maxLength: 1_000 },
        domains: { type: 'array', title: 'Domains', default: [], items: { type: 'string' }, 'x-item': 'domain' },
        holidays: { type: 'array', title: 'Holidays', default: [], items: { type: 'string', format: 'date' } },
        devices: {
          type: 'array',
          title: 'Devices',
          default: ['desktop'],
          items: { enum: ['desktop', 'phone', 'tablet'] },
        },
        links: {
          type: 'array',
          title: 'Links',
          default: [],
          maxItems: 3,
          'x-item': 'link',
          items: {
            type: 'object',
            required: ['id', 'title', 'url'],
            properties: {
              id: { type: 'string' },
              title: { type: 'string', title: 'Title' },
              url: { type: 'string', format: 'uri', title: 'Address' },
            },
          },
        },
      },
    },
    times: {
      type: 'object',
      title: 'Times',
      default: {},
      'x-page': 'words',
      properties: {
        on: { type: 'boolean', title: 'Office hours', default: false },
        zone: {
          type: 'string',
          title: 'Time zone',
          default: 'UTC',
          'x-field': 'time-zone',
          'x-only-if': { field: 'on', is: [true] },
        },
        size: { type: 'integer', title: 'Size', default: 10_485_760, minimum: 1, 'x-field': 'bytes' },
        wait: {
          type: 'string',
          title: 'Wait',
          default: '10h',
          pattern: '^\\d+[smh]$',
          'x-field': 'duration',
        },
        week: {
          type: 'object',
          title: 'Week',
          'x-field': 'weekly-hours',
          default: { monday: [{ from: '09:00', to: '17:00' }], tuesday: [], sunday: [] },
          properties: { monday: hours, tuesday: hours, sunday: hours },
        },
      },
    },
  },
};

/** A document in which nothing is set. */
export const DEFAULTS = defaultOf(SAMPLE) as JsonObject;
