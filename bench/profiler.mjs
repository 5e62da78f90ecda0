/** Loaded into a server before its program: the first SIGUSR2 begins a processor profile, the second one writes it to `PROFILE_FILE`. */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

const SAMPLE_MICROSECONDS = 500;
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS });
let isRunning = false;

process.on('SIGUSR2', () => {
  isRunning = !isRunning;
  if (isRunning) session.post('Profiler.start');
  else session.post('Profiler.stop', (_error, { profile }) => writeFileSync(process.env.PROFILE_FILE, JSON.stringify(profile)));
});
