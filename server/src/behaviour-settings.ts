import { Type } from 'typebox';
import { Switch } from './setting-fields.ts';

/** The settings group `behaviour`: what the widget does, and what visitors may do in it. */
export const behaviourSettings = {
  oneAtATime: Switch('One conversation at a time', 'A new one can be started when the open one is closed.', false),
  reopen: Switch('Reopen', 'Writing into a closed conversation opens it again. Off: it can only be read.', true),
  end: Switch('End', 'Visitors may close a conversation themselves.', true),
  editSeconds: Type.Integer({
    title: 'Edit and delete',
    description: 'How long after sending a visitor may change or take back a message. 0: not at all.',
    minimum: 0,
    maximum: 31_536_000,
    default: 900,
    'x-unit': 'seconds',
  }),
  reactions: Switch('Reactions', 'Visitors may put an emoji on a message.', true),
  emoji: Switch('Emoji picker', 'A button beside the text field.', true),
  files: Switch('Files', 'Visitors may send files.', true),
  stripPictures: Switch(
    'Clean pictures',
    'Take place, time and camera out of pictures that are sent from now on. Kinds where that cannot be done, such as a camera’s raw files, are refused. Films and documents stay as they are.',
    false,
  ),
  sound: Switch('Sound', 'At a new message, until the visitor mutes it.', true),
  notifications: Switch(
    'Notifications',
    'Offer the browser’s notifications; nobody gets one without saying yes.',
    true,
  ),
  transcript: Switch(
    'Transcript',
    'A conversation can be downloaded, or mailed to the visitor’s verified e-mail.',
    true,
  ),
  export: Switch('Download my data', 'Visitors may download everything that is kept about them.', true),
  forget: Switch('Forget me', 'Visitors may have everything deleted that is kept about them, for good.', false),
  backButton: Switch(
    'Back closes the chat',
    'On a phone, where the chat fills the screen. Off: Back leaves the page.',
    true,
  ),
  keepPageUrl: Switch(
    'Keep the page’s address',
    'Store with each message the address of the page on which it was written, for the agents.',
    true,
  ),
  trackPages: Switch(
    'Follow pages',
    'Agents see live on which pages a visitor is who has a session. Off: only what the site itself reports.',
    false,
  ),
  trailDays: Type.Integer({
    title: 'Keep pages and events',
    description: 'So long agents see which pages a visitor was on, and what the site reported of them.',
    minimum: 1,
    maximum: 365,
    default: 30,
    'x-unit': 'days',
  }),
};
