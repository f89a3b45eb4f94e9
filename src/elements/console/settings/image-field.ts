import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { fill } from '../../../text/phrase.ts';
import { english as strings } from '../../../text/settings-strings.ts';
import { onText, stringAt } from './field-controls.ts';
import { describedBy, fieldset, idOf, invalid, type Field } from './field-frame.ts';

/** What a file chooser offers; the server looks at the content itself. */
const KINDS = 'image/png,image/jpeg,image/gif,image/webp,image/avif';

/** A picture: uploaded, or somewhere else on the web; and how it looks. */
export function imageField(field: Field) {
  const { form, pointer, label } = field;
  const value = stringAt(field);
  const { images } = form;
  const isAddress = URL.canParse(value) && /^https?:/i.test(value);
  const isOwn = images?.isOwn(value) ?? false;
  const progress = images?.progressOf(pointer);
  const isAddressShown =
    !images || images.isAddressShown(pointer) || (value !== '' && !isOwn) || form.errorAt(pointer) !== undefined;
  const onDragOver = (event: DragEvent) => {
    if (images && event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  const onDrop = (event: DragEvent) => {
    const [file] = event.dataTransfer?.files ?? [];
    if (!images || !file) return;
    event.preventDefault();
    images.upload(pointer, file);
  };
  return fieldset(
    field,
    html`
      <div class="image" @dragover=${onDragOver} @drop=${onDrop}>
        ${isAddress ? picture(value) : nothing}
        ${
          images
            ? html`<div class="image-ways">
                <button
                  class="button"
                  type="button"
                  id="${idOf(pointer)}-upload"
                  aria-label=${fill(strings.uploadOf, { field: label })}
                  aria-disabled=${progress !== undefined}
                  @click=${() => choose((file) => images.upload(pointer, file))}
                >
                  ${value === '' ? strings.upload : strings.uploadOther}
                </button>
                ${
                  isAddressShown
                    ? nothing
                    : html`<button class="button" type="button" @click=${() => images.showAddress(pointer)}>
                        ${strings.useAddress}
                      </button>`
                }
                ${
                  value === ''
                    ? nothing
                    : html`<button
                        class="button"
                        type="button"
                        aria-label=${fill(strings.remove, { name: label })}
                        @click=${() => {
                          form.set(pointer, field.required === false ? undefined : '');
                          form.focusNext(`${idOf(pointer)}-upload`);
                        }}
                      >
                        ${strings.removeShort}
                      </button>`
                }
              </div>`
            : nothing
        }
        ${
          progress === undefined
            ? nothing
            : html`<progress
                aria-label=${fill(strings.uploading, { field: label })}
                max="1"
                .value=${progress}
              ></progress>`
        }
        ${
          isAddressShown
            ? html`<input
                id="${idOf(pointer)}-address"
                type="url"
                dir="ltr"
                autocomplete="off"
                placeholder="https://"
                aria-label=${fill(strings.addressOf, { field: label })}
                aria-describedby=${describedBy(field)}
                aria-invalid=${invalid(field)}
                .value=${live(value)}
                @input=${onText(field)}
              />`
            : nothing
        }
      </div>
    `,
  );
}

function picture(address: string) {
  const onEnd = ({ currentTarget, type }: Event) =>
    (currentTarget as HTMLElement).parentElement!.classList.toggle('failed', type === 'error');
  return html`
    <div class="picture">
      <img src=${address} alt=${strings.image} referrerpolicy="no-referrer" @error=${onEnd} @load=${onEnd} />
      <p class="hint">${strings.imageFailed}</p>
    </div>
  `;
}

/** Not in the page: a form has no use for a second control that only opens a window. */
function choose(take: (file: File) => void): void {
  const input = Object.assign(document.createElement('input'), { type: 'file', accept: KINDS });
  input.addEventListener('change', () => input.files?.[0] && take(input.files[0]));
  input.click();
}
