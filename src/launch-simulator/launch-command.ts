/**
 * The request with which a launcher asks for a launch, as a command for a shell. The launcher's credentials stay variables.
 * @param issuer of this server
 * @param fields of the form; null ones are left out
 */
export function launchCommand(issuer: string, fields: Readonly<Record<string, string | null>>): string {
  const sent = Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [`--data-urlencode ${quoted(`${name}=${value}`)}`],
  );
  return [`curl -sS ${quoted(`${issuer}/smart/launch`)}`, '-u "$CLIENT_ID:$CLIENT_SECRET"', ...sent].join(' \\\n  ');
}

/** One word of a POSIX shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
