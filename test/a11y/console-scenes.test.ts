import { CONSOLE_SCENES } from './console-scenes.ts';
import { walkThrough } from './walk.ts';

describe('For every agent,', () => walkThrough(CONSOLE_SCENES));
