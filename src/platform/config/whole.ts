import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';

const toInteger = ({ value }: { value: unknown }): unknown => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value);

/** A setting that is a whole number of the given unit, within bounds. */
export const Whole =
  (min: number, max: number): PropertyDecorator =>
  (target, property) => {
    Transform(toInteger)(target, property);
    IsInt({ message: `must be a whole number from ${min} to ${max}` })(target, property);
    Min(min, { message: `must be at least ${min}` })(target, property);
    Max(max, { message: `must be at most ${max}` })(target, property);
  };
