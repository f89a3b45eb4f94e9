/**
 * Compiled, never run: the schemas that frames are validated with describe exactly the types that protocol.ts has.
 * Assignability alone would not see a missing optional field, so the types are compared for identity.
 */
import type { ClientFrame } from '../../../src/api/protocol.ts';
import type { FrameOf, FrameStatics, FrameType } from '../../src/socket/frames.ts';

type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Normal<T> = Writable<T> extends infer U ? { [K in keyof U]: U[K] } : never;

/** `true` for each frame type, or the name of the one that differs. */
export type FramesAgree = {
  [T in FrameType]: Same<Normal<FrameStatics[T]>, Normal<FrameOf<T>>> extends true ? true : { differs: T };
};
const agree: FramesAgree = { hello: true, send: true, typing: true, read: true, pong: true };
void agree;

/** No frame type has more than one shape, and none is missing from the schemas. */
type SchemasCoverAll = Same<keyof FrameStatics, ClientFrame['type']>;
const cover: SchemasCoverAll = true;
void cover;

/** The comparison has teeth: a missing optional field, another type and a lost field are told apart. */
type Misses = Same<Normal<{ a: number }>, Normal<{ a: number; b?: string }>>;
type Differs = Same<Normal<{ a: number }>, Normal<{ a: string }>>;
type IgnoresReadonly = Same<Normal<{ a: number }>, Normal<{ readonly a: number }>>;
const teeth: [Misses, Differs, IgnoresReadonly] = [false, false, true];
void teeth;
