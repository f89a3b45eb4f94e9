import { Type } from 'typebox';
import type { TProperties } from 'typebox';
import { WINDOW_COLORS } from '../../src/window-colors.ts';
import { explainForm } from './validation.ts';

/*
 * Kinds of settings that several groups have. Keywords that begin with `x-` tell the console's forms how a field is
 * edited; nothing is validated by them.
 */

const COLOR_PATTERN = '^#[0-9a-fA-F]{6}$';
explainForm(COLOR_PATTERN, 'a colour such as #4364df');

const COLOR_OR_NONE_PATTERN = '^$|^#[0-9a-fA-F]{6}$';

const NAMED_COLOR_OR_NONE_PATTERN = `${COLOR_OR_NONE_PATTERN}|^(${Object.keys(WINDOW_COLORS).join('|')})$`;
explainForm(
  NAMED_COLOR_OR_NONE_PATTERN,
  `a colour such as #4364df, one of ${Object.keys(WINDOW_COLORS).join(', ')}, or empty`,
);

const ADDRESS_PATTERN = '^https?://[^\\s"<>]+$';
explainForm(ADDRESS_PATTERN, 'an address that begins with https://');

const ADDRESS_OR_NONE_PATTERN = `^$|${ADDRESS_PATTERN}`;
explainForm(ADDRESS_OR_NONE_PATTERN, 'an address that begins with https://, or empty');

/** Longest address, in UTF-16 code units. */
const ADDRESS_LENGTH = 2_048;

/** One group of settings: a page of the console's forms. Unknown fields are errors, so that a typing slip is seen. */
export const Group = <P extends TProperties>(title: string, description: string, properties: P, hints: object = {}) =>
  Type.Object(properties, { additionalProperties: false, title, description, default: {}, ...hints });

/** Plain words on screen. */
export const Text = (title: string, description: string, value: string, maxLength: number) =>
  Type.String({ title, description, default: value, maxLength });

export const Switch = (title: string, description: string, value: boolean) =>
  Type.Boolean({ title, description, default: value });

/** `#rrggbb`. */
export const Color = (title: string, description: string, value: string) =>
  Type.String({ title, description, pattern: COLOR_PATTERN, default: value, 'x-field': 'color' });

/** `#rrggbb`, one of `WINDOW_COLORS`, or empty. */
export const NamedColorOrNone = (title: string, description: string) =>
  Type.String({
    ...{ title, description, pattern: NAMED_COLOR_OR_NONE_PATTERN, default: '', 'x-field': 'color' },
    'x-colors': WINDOW_COLORS,
  });

/** What widgets draw with. */
export const hexOf = (color: string): string => WINDOW_COLORS[color] ?? color;

/** Of a picture, or empty. */
export const Image = (title: string, description: string) =>
  Type.String({
    ...{ title, description, pattern: ADDRESS_OR_NONE_PATTERN, maxLength: ADDRESS_LENGTH, default: '' },
    'x-field': 'image',
  });

/** Of a page or, as the hint says, a picture; in a row, where it may be left out. */
export const RowAddress = (title: string, description: string, hint: object = {}) =>
  Type.Optional(Type.String({ title, description, pattern: ADDRESS_PATTERN, maxLength: ADDRESS_LENGTH, ...hint }));
