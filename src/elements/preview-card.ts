import type { Author } from '../api/protocol.ts';
import type { AlertStrings } from '../text/alert-strings.ts';
import type { CwPreview } from './cw-preview.ts';
import './cw-preview.ts';
import { dress } from './dress.ts';
import { palette } from './tokens.styles.ts';

/** What a card says, and what becomes of it. */
export interface PreviewContent {
  readonly position: 'left' | 'right';
  readonly author: Author;
  readonly name: string;
  readonly text: string;
  readonly strings: AlertStrings;
  readonly onOpen: () => void;
  readonly onDismiss: () => void;
}

/** Shows a card beside the launcher of a widget; `card` is the one that stands there, if there is one. */
export function showCard(
  widget: HTMLElement & { requestUpdate(): void },
  content: PreviewContent,
  card?: CwPreview,
): CwPreview | undefined {
  const { shadowRoot } = widget;
  const layer = shadowRoot?.querySelector('.layer');
  if (!shadowRoot || !layer) return card;
  dress(shadowRoot, palette);
  const shown = card ?? document.createElement('cw-preview');
  shown.setAttribute('exportparts', 'preview, avatar');
  Object.assign(shown, content);
  // Before the launcher in the tab order.
  if (!shown.isConnected) layer.prepend(shown);
  widget.requestUpdate();
  return shown;
}
