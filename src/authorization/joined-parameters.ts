import { SentParameters } from '../protocol/parameters/form.js';

/**
 * The parameters of a request that has them in two places. One that stands in both is repeated, and is refused like any other repetition.
 * @see RFC 6749 §3.1
 */
export function joinedParameters(query: SentParameters, form: SentParameters): SentParameters {
  return new SentParameters([...pairsOf(query), ...pairsOf(form)]);
}

/** An empty value is worth no more than its name, which counts all the same. */
function pairsOf(parameters: SentParameters): (readonly [string, string])[] {
  return parameters.names().flatMap((name) => {
    const values = parameters.all(name);
    const padding = Array.from({ length: Math.max(0, (parameters.isRepeated(name) ? 2 : 1) - values.length) }, () => '');
    return [...values, ...padding].map((value) => [name, value] as const);
  });
}
