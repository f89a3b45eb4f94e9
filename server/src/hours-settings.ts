import { Type } from 'typebox';
import { Set as setFormat } from 'typebox/format';
import { isTimeZone } from './office-hours.ts';
import { Switch } from './setting-fields.ts';
import { explainForm } from './validation.ts';

setFormat('time-zone', isTimeZone);
explainForm('time-zone', 'a time zone such as Europe/Berlin or UTC');
explainForm('date', 'a date such as 2026-12-24');

const FROM_PATTERN = '^([01]\\d|2[0-3]):[0-5]\\d$';
const TO_PATTERN = '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$';
explainForm(FROM_PATTERN, 'a time such as 09:00');
explainForm(TO_PATTERN, 'a time such as 17:30, 24:00 at the latest');

const Range = Type.Object(
  {
    from: Type.String({ title: 'From', description: 'HH:MM.', pattern: FROM_PATTERN, 'x-field': 'time' }),
    to: Type.String({
      title: 'To',
      description: 'HH:MM, 24:00 at the latest.',
      pattern: TO_PATTERN,
      'x-field': 'time',
    }),
  },
  { additionalProperties: false },
);

const WORKDAY = [{ from: '09:00', to: '17:00' }];

const Day = (title: string, ranges: readonly { readonly from: string; readonly to: string }[]) =>
  Type.Array(Range, {
    title,
    description: 'When somebody is there. None: closed all day.',
    maxItems: 6,
    default: ranges,
    'x-item': 'hours',
  });

const whileEnabled = { 'x-only-if': { field: 'enabled', is: [true] } };

/** The settings group `hours`: when the team is usually there. */
export const hoursSettings = {
  enabled: Switch('Office hours', 'Tell visitors when the team is there, and when it is back.', false),
  timeZone: Type.String({
    title: 'Time zone',
    description: 'Of the hours below. Visitors read them in their own.',
    format: 'time-zone',
    maxLength: 64,
    default: 'UTC',
    'x-field': 'time-zone',
    ...whileEnabled,
  }),
  weekly: Type.Object(
    {
      monday: Day('Monday', WORKDAY),
      tuesday: Day('Tuesday', WORKDAY),
      wednesday: Day('Wednesday', WORKDAY),
      thursday: Day('Thursday', WORKDAY),
      friday: Day('Friday', WORKDAY),
      saturday: Day('Saturday', []),
      sunday: Day('Sunday', []),
    },
    {
      additionalProperties: false,
      title: 'Every week',
      description: 'Several ranges a day, with a break between them, if you like.',
      default: {},
      'x-field': 'weekly-hours',
      ...whileEnabled,
    },
  ),
  holidays: Type.Array(Type.String({ format: 'date' }), {
    title: 'Holidays',
    description: 'Days on which nobody is there, whatever weekday they are: 2026-12-25.',
    maxItems: 366,
    default: [],
    'x-item': 'day',
    ...whileEnabled,
  }),
};
