import { unsafeCSS } from 'lit';
import { brandStyles, launcherStyles } from '../launcher.ts';
import { launcherStateStyles, motionStyles } from './launcher-view.ts';

/** The brand's own custom properties, as sheets. */
export const brand = [unsafeCSS(brandStyles), motionStyles];

/** What `<chat-widget>` needs until its panel is there. */
export const launcher = [brand, unsafeCSS(launcherStyles), launcherStateStyles];
