import { Column, Entity, type ColumnOptions } from 'typeorm';
import { fromPipeList, fromSpaceList, toPipeList, toSpaceList } from './lists.js';
import { findUuidText, isUuidText, uuidBytes, type StoredUuid } from './stored-uuid.js';

type Options = Pick<ColumnOptions, 'nullable' | 'primary' | 'update' | 'insert'>;

/** A table of the EHR: mapped, read and written, never created or altered in an EHR database. */
export const EhrTable = (name: string): ClassDecorator => Entity({ name, synchronize: false });

/** Date and time as the EHR keeps them: wall clock text `YYYY-MM-DD HH:MM:SS` in its PHP time zone; see EhrClock. */
export const EhrDateTime = (name: string, options: Options = {}): PropertyDecorator =>
  Column({ name, type: 'varchar', nullable: true, ...options });

/** A list joined by `|`; NULL and '' are the empty list, which is written as NULL. */
export const PipeList = (name: string): PropertyDecorator =>
  Column({
    name,
    type: 'text',
    nullable: true,
    transformer: {
      from: (stored: string | null) => fromPipeList(stored),
      to: (value: unknown) => (Array.isArray(value) ? (value.length > 0 ? toPipeList(value as string[]) : null) : value),
    },
  });

/** A list joined by blanks; NULL and '' are the empty list. */
export const SpaceList = (name: string): PropertyDecorator =>
  Column({
    name,
    type: 'text',
    nullable: true,
    transformer: {
      from: (stored: string | null) => fromSpaceList(stored),
      to: (value: unknown) => (Array.isArray(value) ? toSpaceList(value as string[]) : value),
    },
  });

/** A binary(16) uuid, as lower-case text with hyphens; null while the EHR has not given one. */
export const EhrUuid = (name: string, options: Options = {}): PropertyDecorator =>
  Column({
    name,
    type: 'blob',
    nullable: true,
    transformer: {
      from: (stored: StoredUuid) => findUuidText(stored),
      to: (value: unknown) => (typeof value === 'string' && isUuidText(value) ? uuidBytes(value) : value),
    },
    ...options,
  });
