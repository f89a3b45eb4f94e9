import { Type } from 'typebox';
import { explainForm } from './validation.ts';

const COUNTRY_PATTERN = '^[A-Za-z]{2}$';
explainForm(COUNTRY_PATTERN, 'a country as two letters such as DE');

const Codes = (title: string, description: string) =>
  Type.Array(Type.String({ pattern: COUNTRY_PATTERN }), {
    ...{ title, description, maxItems: 250, default: [], 'x-item': 'country' },
  });

/** The settings group `countries`: where there is a chat. */
export const countrySettings = {
  exclude: Codes(
    'No chat in',
    'Countries as two letters such as DE, by the visitor’s IP address. Who is nobody knows where sees the chat.',
  ),
  include: Codes(
    'Only in',
    'Countries as two letters such as DE; nobody elsewhere sees the chat. Does not count while some are excluded.',
  ),
};
