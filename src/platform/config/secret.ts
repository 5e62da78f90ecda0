import { inspect } from 'node:util';

/** A value that must not be printed: logs and error texts show `***`. */
export class Secret<T> {
  constructor(private readonly value: T) {}

  /** The value itself; call it where it is used, and nowhere else. */
  reveal(): T {
    return this.value;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [inspect.custom](): string {
    return '***';
  }
}
