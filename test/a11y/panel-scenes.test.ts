import { PANEL_SCENES } from './panel-scenes.ts';
import { walkThrough } from './walk.ts';

describe('For every visitor,', () => walkThrough(PANEL_SCENES));
