import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { TObject, TString } from 'typebox';
import type { Attachment } from '../../../src/api/protocol.ts';
import type { UploadRules } from '../files/files.ts';
import type { Inbox } from '../inbox-directory.ts';
import type { Parts } from '../parts.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Uploader } from '../store/attachments.ts';
import { UUID } from '../store/record-id.ts';
import { requireCaller, securityOf } from './access.ts';
import type { App } from './app.ts';
import { findConversation } from './conversations.ts';
import { takeFile } from './file-form.ts';
import { hasAgreed, notAgreed } from '../visitor-form.ts';
import { callerOf, inboxOf, visitorOf } from './requester.ts';
import { failures, IdParams, InboxParams, Nothing, refs } from './schemas.ts';
import { requireVisitor } from './visitor-access.ts';

/** Where a file belongs. */
interface Place {
  readonly conversationId: string;
  readonly inbox: Inbox;
  /** Whoever asks sees what was sent in it. */
  readonly isSeen: boolean;
}

/** What the two doors do differently. */
interface Door {
  readonly path: string;
  readonly params: TObject<{ id: TString }>;
  readonly schema: {
    readonly tags: readonly string[];
    readonly security: readonly Record<string, readonly string[]>[];
  };
  readonly preParsing: (request: FastifyRequest) => Promise<void>;
  uploaderOf(request: FastifyRequest): Uploader;
  /** @throws Refusal `not_found` */
  placeOf(request: FastifyRequest, idOrNumber: string): Promise<Place>;
}

const access = { permission: 'conversations' } as const;

/** Files of a visitor's conversations, and of the one that they are about to start. */
export async function visitorFileRoutes(scope: App, parts: Parts): Promise<void> {
  await fileRoutes(scope, parts, {
    path: '/conversations/:id/files',
    params: Type.Object({ ...InboxParams.properties, ...IdParams.properties }),
    schema: { tags: ['Visitor'], security: [{ session: [] }] },
    preParsing: requireVisitor(scope, parts),
    uploaderOf: (request) => ({ kind: 'contact', id: visitorOf(request).contact.id }),
    async placeOf(request, idOrNumber) {
      const contactId = visitorOf(request).contact.id;
      const found = await parts.store.conversations.find(idOrNumber, { contactId });
      // A foreign id counts as one that may be started: nobody learns which there are, and nothing can be sent to it.
      if (!found && !UUID.test(idOrNumber)) throw notFound();
      return { conversationId: found?.id ?? idOrNumber, inbox: inboxOf(request), isSeen: found !== null };
    },
  });
}

/** Files of all conversations, for agents and back ends. */
export async function agentFileRoutes(app: App, parts: Parts): Promise<void> {
  await fileRoutes(app, parts, {
    path: '/v1/conversations/:id/files',
    params: IdParams,
    schema: { tags: ['Conversations'], security: securityOf(access) },
    preParsing: requireCaller(app, parts, access),
    uploaderOf(request) {
      const caller = callerOf(request);
      return caller.kind === 'agent' ? { kind: 'agent', id: caller.agent.id } : { kind: 'key', id: caller.key.id };
    },
    async placeOf(request, idOrNumber) {
      const { id, inboxId } = await findConversation(parts, callerOf(request), idOrNumber);
      return { conversationId: id, inbox: await parts.inboxes.get(inboxId), isSeen: true };
    },
  });
}

async function fileRoutes(app: App, parts: Parts, door: Door): Promise<void> {
  const { path, preParsing, schema } = door;
  const { attachments, fileSigner } = parts.store;
  const params = Type.Object({ ...door.params.properties, attachment: Type.String({ description: 'UUID.' }) });

  // A form is what another site could make a browser send: nowhere else is one read.
  await app.register(async (scope: App) => {
    await scope.register(multipart);
    scope.post(
      path,
      {
        preParsing,
        config: { isUpload: true },
        schema: {
          ...schema,
          summary: 'Upload a file',
          description:
            'Multipart, with one part, `file`. What it is, is decided by its content. The `id` of the answer goes into ' +
            '`attachments` of a message; what was not sent within a day is removed.',
          consumes: ['multipart/form-data'],
          params: door.params,
          response: { 201: refs.attachment, ...failures },
        },
      },
      async (request, reply) => {
        const place = await door.placeOf(request, request.params.id);
        return reply.status(201).send(await take(parts, request, place, door.uploaderOf(request)));
      },
    );
  });

  app.get(
    `${path}/:attachment`,
    {
      preParsing,
      schema: {
        ...schema,
        summary: 'A file, with an address that is good for a day',
        params,
        response: { 200: refs.attachment, ...failures },
      },
    },
    async (request) => {
      const { conversationId, isSeen } = await door.placeOf(request, request.params.id);
      const row = await attachments.find(request.params.attachment);
      const isTheirs = row && (row.messageId === null ? isBy(row.uploader, door.uploaderOf(request)) : isSeen);
      if (!isTheirs || row.conversationId !== conversationId) throw notFound();
      return fileSigner.signAttachment(row.file, conversationId);
    },
  );

  app.delete(
    `${path}/:attachment`,
    {
      preParsing,
      schema: {
        ...schema,
        summary: 'Take back a file that was not sent',
        params,
        response: { 204: Nothing, ...failures },
      },
    },
    async (request, reply) => {
      const { conversationId } = await door.placeOf(request, request.params.id);
      const by = door.uploaderOf(request);
      if (!(await attachments.discardUnsent(request.params.attachment, conversationId, by))) throw notFound();
      void parts.files.sweep();
      return reply.status(204).send(null);
    },
  );
}

async function take(parts: Parts, request: FastifyRequest, place: Place, by: Uploader): Promise<Attachment> {
  const { inbox } = place;
  if (by.kind === 'contact') {
    const { behaviour, forms } = inbox.settings;
    if (!behaviour.files) throw new Refusal('forbidden', 'Visitors may not send files here.');
    if (forms.consent && !place.isSeen && !hasAgreed(visitorOf(request).contact)) throw notAgreed();
  }
  const rules = rulesOf(inbox, by);
  const { conversationId } = place;
  const { file } = await takeFile(request, rules.mostBytes, ({ filename: name, file: content }) =>
    parts.files.take({ inboxId: inbox.row.id, conversationId, by, rules, name, content }),
  );
  return parts.store.fileSigner.signAttachment(file, conversationId);
}

function rulesOf({ settings: { limits, behaviour } }: Inbox, by: Uploader): UploadRules {
  const perDay = { files: limits.filesPerDay, bytes: limits.fileBytesPerDay };
  return {
    mostBytes: limits.fileBytes,
    strip: behaviour.stripPictures,
    ...(by.kind === 'contact' && { perDay }),
  };
}

function isBy(one: Uploader, other: Uploader): boolean {
  return one.kind === other.kind && one.id === other.id;
}
