import type { TemplateResult } from 'lit';
import type { MenuStrings } from '../text/menu-strings.ts';
import type { DeviceChoices } from './device-choices.ts';
import { icon } from './icons.ts';
import type { MenuAct } from './menu-acts.ts';
import { mayNotify } from './notifications.ts';

/** A line of the menu. */
export interface MenuItem {
  /** Its word. */
  readonly label: keyof MenuStrings;
  readonly icon: TemplateResult;
  /** A switch, and whether it is on. */
  readonly isOn?: (choices: DeviceChoices) => boolean;
}

/** What stands there for what can be chosen. */
export const menuItems: Readonly<Record<MenuAct, MenuItem>> = {
  sounds: {
    label: 'sounds',
    icon: icon('M3.5 8v4h2.75L10 15.25V4.75L6.25 8ZM12.75 7.5a3.6 3.6 0 0 1 0 5M15 5.25a6.8 6.8 0 0 1 0 9.5'),
    isOn: ({ muted }) => !muted,
  },
  notifications: {
    label: 'notifications',
    icon: icon('M5.5 13.5V9a4.5 4.5 0 0 1 9 0v4.5l1.25 1.25H4.25ZM8.5 17h3'),
    isOn: ({ notify = false }) => notify && mayNotify(),
  },
  transcript: { label: 'downloadTranscript', icon: icon('M10 3.5v8.75M6.25 8.75 10 12.5l3.75-3.75M4 16.25h12') },
  mail: { label: 'mailTranscript', icon: icon('M3.25 5.5h13.5v9.25H3.25ZM3.5 6l6.5 5 6.5-5') },
  end: { label: 'end', icon: icon('m4.75 10.5 3.5 3.5 7-7.75') },
  data: {
    label: 'downloadData',
    icon: icon('M5 3.25h6.5L15 6.75v10H5ZM11.25 3.5V7h3.5M10 9v4.75M8 12l2 2 2-2'),
  },
  forget: {
    label: 'forgetMe',
    icon: icon('M4 5.75h12M8 5.5V3.75h4V5.5M5.5 6l.75 10.5h7.5L14.5 6M8.5 8.75v5M11.5 8.75v5'),
  },
};
