import { Writable } from 'node:stream';

/** Everything that was logged, kept for a test to look through. */
export class LogLines extends Writable {
  readonly lines: string[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.lines.push(...chunk.toString('utf8').split('\n').filter(Boolean));
    done();
  }

  /** The whole log as one text. */
  text(): string {
    return this.lines.join('\n');
  }

  /** Details of the refusals that were logged, newest last: what the client was not told. */
  refusals(): Array<{ error: string; detail?: string; requestId: string; description: string }> {
    return this.lines
      .map((line) => JSON.parse(line) as { context?: string; error: string; detail?: string; requestId: string; description: string })
      .filter((entry) => entry.context === 'Error');
  }
}
