import { Column, type ColumnOptions, type ValueTransformer } from 'typeorm';

type Options = Pick<ColumnOptions, 'nullable'>;

const map = <Stored, Value>(from: (stored: Stored) => Value, to: (value: Value) => Stored): ValueTransformer => ({
  from: (stored: Stored | null | undefined) => (stored === null || stored === undefined ? null : from(stored)),
  // A FindOperator or a missing value passes through: only values of our kind are turned.
  to: (value: Value | null | undefined) => (value === null || value === undefined ? value : to(value)),
});

/** A moment, stored as epoch milliseconds: the same number on every database and in every time zone. */
export const instant: ValueTransformer = {
  from: (stored: number | string | null) => (stored === null ? null : new Date(Number(stored))),
  to: (value: unknown) => (value instanceof Date ? value.getTime() : value),
};

/** A whole number that the database may return as text (bigint). */
export const wholeNumber = map<number | string, number>(Number, (value) => value);

/** A value kept as JSON text. */
export const json: ValueTransformer = {
  from: (stored: string | null) => (stored === null ? null : (JSON.parse(stored) as unknown)),
  to: (value: unknown) => (value === null || value === undefined ? value : JSON.stringify(value)),
};

/** Words joined by one blank; an empty list is the empty text. */
export const words = map<string, string[]>(
  (stored) => stored.split(' ').filter(Boolean),
  (value) => (Array.isArray(value) ? value.join(' ') : value),
);

export const Instant = (name: string, options: Options = {}): PropertyDecorator =>
  Column({ name, type: 'bigint', transformer: instant, ...options });
export const WholeNumber = (name: string, options: Options = {}): PropertyDecorator =>
  Column({ name, type: 'bigint', transformer: wholeNumber, ...options });
export const Json = (name: string, options: Options = {}): PropertyDecorator =>
  Column({ name, type: 'text', transformer: json, ...options });
export const Words = (name: string, options: Options = {}): PropertyDecorator =>
  Column({ name, type: 'text', transformer: words, ...options });
export const Text = (name: string, options: Options = {}): PropertyDecorator => Column({ name, type: 'text', ...options });
export const Name = (name: string, options: Options = {}): PropertyDecorator => Column({ name, type: 'varchar', ...options });

/** 0 or 1. */
export const Flag = (name: string, options: Options = {}): PropertyDecorator =>
  Column({
    name,
    type: 'tinyint',
    transformer: {
      from: (stored: unknown) => Number(stored) === 1,
      to: (value: unknown) => (typeof value === 'boolean' ? Number(value) : value),
    },
    ...options,
  });
