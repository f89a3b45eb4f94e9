import { Type } from 'typebox';
import { LIMITS } from '../../src/api/protocol.ts';

const MEBIBYTE = 1_048_576;

/** The settings group `limits`: how much one visitor may send. */
export const limitSettings = {
  messageLength: Type.Integer({
    title: 'Longest message',
    description: 'In characters (UTF-16 code units).',
    minimum: 1,
    maximum: LIMITS.textLength,
    default: LIMITS.textLength,
  }),
  messagesPerMinute: Type.Integer({
    title: 'Messages per minute',
    description: 'Of one contact, on all devices together; a third of it may come at once.',
    minimum: 3,
    maximum: 100_000,
    default: 120,
  }),
  conversationsPerDay: Type.Integer({
    title: 'New conversations per day',
    description: 'How many one contact may start within 24 hours, on all devices together.',
    minimum: 1,
    maximum: 10_000,
    default: 50,
  }),
  fileBytes: Type.Integer({
    title: 'Largest file',
    description: 'Of visitors and agents.',
    minimum: 1_024,
    maximum: 100 * MEBIBYTE,
    default: 25 * MEBIBYTE,
    'x-field': 'bytes',
    'x-unit': 'bytes',
  }),
  filesPerMessage: Type.Integer({
    title: 'Files per message',
    description: 'How many may stand in one message.',
    minimum: 1,
    maximum: 20,
    default: 10,
  }),
  filesPerDay: Type.Integer({
    title: 'Files per day',
    description: 'How many one contact may upload within 24 hours, on all devices together.',
    minimum: 1,
    maximum: 10_000,
    default: 100,
  }),
  fileBytesPerDay: Type.Integer({
    title: 'Bytes of files per day',
    description: 'How much one contact may upload within 24 hours, in all its files together.',
    minimum: 1_024,
    maximum: 10_240 * MEBIBYTE,
    default: 200 * MEBIBYTE,
    'x-field': 'bytes',
    'x-unit': 'bytes',
  }),
};
