import { MESSAGE_SCENES } from './message-scenes.ts';
import { walkThrough } from './walk.ts';

describe('For every visitor in a conversation,', () => walkThrough(MESSAGE_SCENES));
