import { Type } from 'typebox';
import { english as defaults } from '../../src/text/default-strings.ts';
import { Color, Image, NamedColorOrNone, Switch, Text } from './setting-fields.ts';

/** Of the launcher from an edge of the page, px. */
const Offset = (title: string, description: string) =>
  Type.Integer({ title, description, minimum: 0, maximum: 400, default: 20, 'x-unit': 'px' });

const position = Type.Enum(['left', 'right'], {
  title: 'Position',
  description: 'Bottom corner in which the launcher sits.',
  default: 'right',
});
const offsetX = Offset('Distance from the side', 'Between the launcher and that side of the page, in pixels.');
const offsetY = Offset('Distance from below', 'Between the launcher and the lower edge of the page, in pixels.');
const launcher = Type.Enum(['show', 'none', 'off'], {
  title: 'Launcher',
  description: 'The button in the corner. Without it, a button or a link to #chat of your page opens the chat.',
  default: 'show',
  'x-labels': { show: 'Shown', none: 'Your page has its own', off: 'No chat at all' },
});

/** What a kind of device has instead, as `DeviceSettings` of protocol.ts. */
const DeviceRow = Type.Object(
  {
    device: Type.Enum(['desktop', 'mobile', 'ios', 'android'], {
      title: 'Device',
      description: 'Of several that fit, the last one counts.',
      default: 'mobile',
      'x-labels': {
        desktop: 'Computer',
        mobile: 'Phone or tablet',
        ios: 'iPhone or iPad',
        android: 'Android',
      },
    }),
    ...{ launcher, position, offsetX, offsetY },
  },
  { additionalProperties: false },
);

/** The settings group `appearance`: how the widget looks. */
export const appearanceSettings = {
  teamName: Text('Team name', 'Who the visitor talks with; stands in the header.', 'Support', 80),
  color: Color('Brand colour', 'Launcher, header and own messages, as #rrggbb.', '#4364df'),
  windowColor: NamedColorOrNone(
    'Header colour',
    'The panel’s header, where it is to be another one: as #rrggbb, or dark-gray, gray, blue-gray, red, pink, purple, blue, light-blue, teal, green, orange. Empty: the brand colour.',
  ),
  logoUrl: Image('Logo', 'A square picture for the header: uploaded, or by its address (https). Empty: none.'),
  position,
  offsetX,
  offsetY,
  launcher,
  closeButton: Type.Enum(['auto', 'show', 'hide'], {
    title: 'Close button',
    description:
      'In the panel’s header. Where it is needed: on phones, and where there is no launcher to close it with.',
    default: 'auto',
    'x-labels': { auto: 'Where it is needed', show: 'Always', hide: 'Never' },
  }),
  textStatuses: Switch(
    'Statuses as words',
    'Sending, Sent and Seen under one’s own last message in words. Off: as icons.',
    true,
  ),
  poweredBy: Switch('Powered by', 'One line below the text field that says what this chat is made with.', false),
  devices: Type.Array(DeviceRow, {
    title: 'Other devices',
    description: 'Where the chat stands elsewhere, or does not appear at all.',
    maxItems: 8,
    default: [],
    'x-item': 'device',
  }),
};

/**
 * The settings group `messages`: what the widget says by itself. As long as one is as it is here, widgets say it in the
 * visitor's language.
 */
export const messageSettings = {
  greeting: Text('Greeting', 'First words on the open panel.', defaults.greeting, 300),
  replyTime: Text(
    'Reply time',
    'Shown under the greeting: when to expect an answer. Empty: nothing.',
    defaults.replyTime,
    200,
  ),
  welcomeOnline: Text(
    'Welcome while somebody is there',
    'First words in a new conversation. Empty: none.',
    defaults.welcomeOnline,
    1_000,
  ),
  welcomeOffline: Text(
    'Welcome while nobody is there',
    'First words in a new conversation that nobody can answer at once. Empty: none.',
    defaults.welcomeOffline,
    1_000,
  ),
};
