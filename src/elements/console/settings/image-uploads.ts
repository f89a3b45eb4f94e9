import type { ReactiveControllerHost } from 'lit';
import type { ChatError } from '../../../api/chat-error.ts';
import { english as strings } from '../../../text/settings-strings.ts';

/** Uploads a picture; resolves with its address. Rejects with ChatError. */
export type UploadImage = (file: File, onProgress: (part: number) => void) => Promise<string>;

/** What the pictures of a form need of it. */
export interface FieldImages {
  /** It was uploaded here. */
  readonly isOwn: (address: string) => boolean;
  readonly upload: (pointer: string, file: File) => void;
  /** 0 to 1; undefined: nothing is under way. */
  readonly progressOf: (pointer: string) => number | undefined;
  readonly isAddressShown: (pointer: string) => boolean;
  readonly showAddress: (pointer: string) => void;
}

interface Form {
  readonly set: (pointer: string, address: string) => void;
  readonly focusNext: (id: string) => void;
  readonly idOf: (pointer: string) => string;
}

/** Pictures on their way to the server, by the pointer of their field. */
export class ImageUploads implements FieldImages {
  readonly #host: ReactiveControllerHost;
  readonly #form: Form;
  readonly #progress = new Map<string, number>();
  readonly #problems = new Map<string, string>();
  readonly #addresses = new Set<string>();
  /** Undefined: there is nowhere to upload to. */
  uploadImage: UploadImage | undefined;

  constructor(host: ReactiveControllerHost, form: Form) {
    this.#host = host;
    this.#form = form;
  }

  /** What became of an upload. */
  problemOf(pointer: string): string | undefined {
    return this.#problems.get(pointer);
  }

  /** The field says something else now: what was wrong with a file is over. */
  forget(pointer: string): void {
    this.#problems.delete(pointer);
  }

  readonly isOwn = (address: string): boolean => /\/v1\/images\/[0-9a-f]{32}\.[a-z]+$/.test(address);

  readonly progressOf = (pointer: string): number | undefined => this.#progress.get(pointer);

  readonly isAddressShown = (pointer: string): boolean => this.#addresses.has(pointer);

  readonly showAddress = (pointer: string): void => {
    this.#addresses.add(pointer);
    this.#form.focusNext(`${this.#form.idOf(pointer)}-address`);
  };

  readonly upload = (pointer: string, file: File): void => void this.#upload(pointer, file);

  async #upload(pointer: string, file: File): Promise<void> {
    if (!this.uploadImage || this.#progress.has(pointer)) return;
    this.#problems.delete(pointer);
    this.#tell(pointer, 0);
    try {
      const address = await this.uploadImage(file, (part) => this.#tell(pointer, part));
      this.#addresses.delete(pointer);
      this.#form.set(pointer, address);
    } catch (error) {
      this.#problems.set(pointer, wordsOf(error as ChatError));
    } finally {
      this.#progress.delete(pointer);
      this.#host.requestUpdate();
    }
  }

  #tell(pointer: string, part: number): void {
    this.#progress.set(pointer, part);
    this.#host.requestUpdate();
  }
}

function wordsOf({ code, message }: ChatError): string {
  if (code === 'too_large') return strings.imageTooLarge;
  return code === 'bad_request' ? message : strings.uploadFailed;
}
