import { CONSOLE_SCENES } from './console-scenes.ts';
import { MESSAGE_SCENES } from './message-scenes.ts';
import { PANEL_SCENES } from './panel-scenes.ts';
import type { Scene } from './stage.ts';

/** The scene of this name. */
export function sceneOf(name: string): Scene {
  const found = [...PANEL_SCENES, ...MESSAGE_SCENES, ...CONSOLE_SCENES].find((each) => each.name === name);
  if (!found) throw new Error(`There is no scene "${name}".`);
  return found;
}
